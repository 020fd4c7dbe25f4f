-- One row per firm and rung that it could apply for: newly so, or without a known application.
-- key: firm_id, signal, designation
-- scope: firm
with eligible as (
    select * from core_firm__rungs
    where outcome in ('met', 'judgement') and not is_held and has_figures
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
    eligible.previous_condition as condition_id,
    case
        when eligible.previous_outcome = 'unknown' then 'was_unknown'
        when eligible.previous_gap is null then 'was_not_met'
        else 'was_short'
    end as reason,
    figure.value,
    figure.line as required,
    eligible.previous_gap as previous,
    eligible.previous_gap_unit as gap_unit,
    null::date as since,
    null::integer as years
from eligible
left join core_firm__figures as figure
    on eligible.firm_id = figure.firm_id and eligible.edition_id = figure.edition_id
    and eligible.previous_condition = figure.condition_id
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
