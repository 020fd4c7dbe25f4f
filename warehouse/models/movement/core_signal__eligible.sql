-- One row per firm and rung that it could apply for: newly so, or without a known application.
-- key: firm_id, signal, designation
-- scope: firm
with eligible as (
    select * from core_firm__rungs
    where outcome in ('met', 'judgement') and not is_held and has_figures
),

-- what failed before is named only where it is met now, and on the route that is met: else another way has opened
mended as (
    select eligible.firm_id, eligible.designation, eligible.previous_condition as condition_id
    from eligible
    inner join core_firm__figures as figure
        on eligible.firm_id = figure.firm_id and eligible.edition_id = figure.edition_id
        and eligible.previous_condition = figure.condition_id
    inner join ref_conditions as condition
        on figure.edition_id = condition.edition_id and figure.condition_id = condition.condition_id
    where figure.is_met and (condition.route is null or condition.route is not distinct from eligible.route)
),

-- how many years in a row the same editions were met, as far as was looked
unbroken as (
    select
        firm_id,
        designation,
        coalesce(min(years_ago) filter (where outcome not in ('met', 'judgement')), max(years_ago) + 1) - 1 as years
    from core_tiers__earlier
    group by firm_id, designation
)

select
    'newly_eligible' as signal,
    eligible.firm_id,
    eligible.designation,
    eligible.edition_id,
    coalesce(mended.condition_id, eligible.condition_id) as condition_id,
    case
        when eligible.previous_outcome = 'unknown' then 'was_unknown'
        when mended.condition_id is null then 'by_other_way'
        -- a condition without a number, or exactly on its line, has no gap
        when coalesce(eligible.previous_gap, 0) = 0 then 'was_not_met'
        else 'was_short'
    end as reason,
    figure.value,
    figure.line as required,
    case when mended.condition_id is not null then eligible.previous_gap end as previous,
    case when mended.condition_id is not null then eligible.previous_gap_unit end as gap_unit,
    null::date as since,
    null::integer as years
from eligible
left join mended using (firm_id, designation)
left join core_firm__figures as figure
    on eligible.firm_id = figure.firm_id and eligible.edition_id = figure.edition_id
    and figure.condition_id = coalesce(mended.condition_id, eligible.condition_id)
where eligible.previous_outcome in ('not_met', 'unknown')
union all by name
select
    'eligible_not_applied' as signal,
    eligible.firm_id,
    eligible.designation,
    eligible.edition_id,
    case when eligible.is_applied = false then 'not_filed' else 'no_source' end as reason,
    (parameter.day - to_years(coalesce(unbroken.years, 0)))::date as since,
    coalesce(unbroken.years, 0)::integer as years
from eligible
cross join parameter
left join unbroken using (firm_id, designation)
where not eligible.is_pending
