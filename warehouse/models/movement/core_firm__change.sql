-- One row per firm that lives on one of the two days: how its position changed, from what to what.
-- key: firm_id
-- scope: firm
with regained as (
    -- rungs held today, not on the previous day, but before it
    select held.firm_id, max(designation.rank) as rank
    from core_firm__held as held
    inner join parameter on held.day = parameter.day
    inner join ref_designations as designation using (designation)
    inner join core_title as title
        on held.firm_id = title.firm_id and held.designation = title.designation
        and title.event in ('granted', 'renewed') and parameter.previous_day > title.valid_from
    left join core_firm__held as previous
        on parameter.previous_day = previous.day and held.firm_id = previous.firm_id and held.designation = previous.designation
    where designation.rank is not null and previous.firm_id is null
    group by held.firm_id
),

lost as (
    -- the highest rung met on the previous day that is known not to be met today
    select firm_id, max(rank) as rank
    from core_firm__rungs
    where previous_outcome = 'met' and outcome = 'not_met'
    group by firm_id
),

compared as (
    select
        today.firm_id,
        previous.held_rank as from_held_rank,
        case when today.is_living then today.held_rank else 0 end as to_held_rank,
        previous.met_rank as from_met_rank,
        case when today.is_living then today.met_rank else 0 end as to_met_rank,
        case
            when not today.is_living then 'gone'
            when previous.firm_id is null then 'new'
            when not previous.is_living then 'back'
            when today.held_rank > previous.held_rank and regained.rank >= today.held_rank then 'back'
            when today.held_rank > previous.held_rank then 'up'
            when today.held_rank < previous.held_rank then 'down'
            when today.met_rank > previous.met_rank then 'up'
            when today.met_rank < previous.met_rank and lost.rank >= previous.met_rank then 'down'
            else 'same'
        end as change
    from core_firm__position as today
    inner join parameter on today.day = parameter.day
    left join core_firm__position as previous
        on today.firm_id = previous.firm_id and parameter.previous_day = previous.day
    left join regained on today.firm_id = regained.firm_id
    left join lost on today.firm_id = lost.firm_id
    where today.is_living or coalesce(previous.is_living, false)
)

select
    compared.*,
    from_held.designation as from_held,
    to_held.designation as to_held,
    from_met.designation as from_met,
    to_met.designation as to_met
from compared
left join ref_designations as from_held on compared.from_held_rank = from_held.rank
left join ref_designations as to_held on compared.to_held_rank = to_held.rank
left join ref_designations as from_met on compared.from_met_rank = from_met.rank
left join ref_designations as to_met on compared.to_met_rank = to_met.rank
