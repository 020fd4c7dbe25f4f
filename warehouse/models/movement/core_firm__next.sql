-- One row per living firm: what to do next about the lowest rung above those held that can be reached.
-- key: firm_id
-- scope: firm
with reachable as (
    select * from core_firm__rungs
    where rank > held_rank and not is_closed and (has_figures or is_pending)
    qualify row_number() over (partition by firm_id order by rank) = 1
),

decided as (
    select
        reachable.*,
        case
            when is_pending or opens_on is not null then 'wait'
            when outcome in ('met', 'judgement') then 'apply'
            when outcome = 'unknown' then 'provide_data'
            else 'close_gap'
        end as action
    from reachable
),

-- the first filing window that is published and still to close
filing as (
    select windows.firm_id, title.designation, min(windows.due_on) as closes_on
    from core_firm__windows as windows
    inner join ref_window_titles as title using (duty)
    where windows.due_on is not null
    group by all
)

select
    position.firm_id,
    coalesce(decided.action, 'none') as action,
    decided.designation,
    decided.edition_id,
    case when decided.is_pending then decided.applied_on end as applied_on,
    -- how the step is worded: a condition without a number, or exactly on its line, has no gap
    case
        when decided.is_pending then 'applied'
        when decided.action = 'close_gap' and coalesce(decided.gap, 0) = 0 then 'change'
        when decided.action = 'provide_data' and decided.missing_fact is null then 'review'
        when decided.action = 'apply' and filing.closes_on is not null then 'apply_by'
        else coalesce(decided.action, 'none')
    end as step,
    case when decided.action in ('provide_data', 'close_gap') then decided.condition_id end as condition_id,
    case when decided.action = 'close_gap' then decided.gap end as gap,
    case when decided.action = 'close_gap' then decided.gap_unit end as gap_unit,
    case when decided.action = 'provide_data' then decided.missing_fact end as missing_fact,
    case decided.action when 'wait' then decided.opens_on when 'apply' then filing.closes_on end as by
from core_firm__position as position
inner join parameter on position.day = parameter.day
left join decided on position.firm_id = decided.firm_id
left join filing on decided.firm_id = filing.firm_id and decided.designation = filing.designation
where position.is_living
