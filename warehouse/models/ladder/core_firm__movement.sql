-- One row per firm: its movement between the two evaluation days, the code of the reason, and what the reason names.
-- key: firm_id
-- scope: firm
with titles as (
    select held.firm_id, held.designation, held.valid_to, designation.rank
    from core_firm__held as held
    inner join ref_designations as designation using (designation)
    inner join parameter on held.day = parameter.day
    where designation.rank is not null
),

due as (
    select firm_id, min(valid_to) as due_on, arg_min(designation, {'on': valid_to, 'rank': rank}) as due_designation
    from titles
    where valid_to is not null
    group by firm_id
),

lapsing as (
    select titles.firm_id, arg_max(titles.designation, titles.rank) as designation
    from titles
    inner join core_tiers__ladder_verdicts as verdict using (firm_id, designation)
    inner join parameter on verdict.day = parameter.day
    where verdict.outcome = 'not_met'
    group by titles.firm_id
),

compared as (
    select
        today.* exclude (day, is_living),
        previous.held_rank as previous_held_rank,
        previous.met_rank as previous_met_rank,
        next_rung.designation as next_designation,
        next_rung.edition_id as next_edition,
        next_rung.outcome as next_outcome,
        next_rung.deciding_condition as next_condition,
        next_rung.deciding_gap as next_gap,
        next_rung.gap_unit as next_gap_unit,
        next_rung.missing_fact,
        due.due_on,
        due.due_designation,
        lapsing.designation as lapsing_designation,
        case
            when not today.is_living and coalesce(previous.is_living, true) then 'gone'
            when previous.firm_id is null then 'new'
            when today.held_rank < previous.held_rank then 'down'
            when today.held_rank > previous.held_rank then 'holds'
            when today.held_rank = previous.held_rank and today.met_rank > previous.met_rank then 'meets'
            when due.due_on <= parameter.day + to_days(ref_watch.watch_days::integer) then 'due'
            when lapsing.firm_id is not null then 'lapsing'
            -- the same condition of the same rung decides, and the gap has not shrunk
            when today.met_rank = previous.met_rank and next_rung.outcome = 'not_met' and previous_next_rung.outcome = 'not_met'
                and next_rung.deciding_condition = previous_next_rung.deciding_condition
                and next_rung.deciding_gap >= previous_next_rung.deciding_gap then 'stalling'
            when next_rung.outcome = 'unknown' then 'cannot_tell'
            else 'holding'
        end as reason
    from core_firm__position as today
    inner join parameter on today.day = parameter.day
    cross join ref_watch
    left join core_firm__position as previous
        on today.firm_id = previous.firm_id and parameter.previous_day = previous.day
    left join core_firm__next_rung as next_rung
        on today.firm_id = next_rung.firm_id and today.day = next_rung.day
    left join core_firm__next_rung as previous_next_rung
        on today.firm_id = previous_next_rung.firm_id and parameter.previous_day = previous_next_rung.day
    left join due on today.firm_id = due.firm_id
    left join lapsing on today.firm_id = lapsing.firm_id
    where today.is_living or coalesce(previous.is_living, false)
)

select
    compared.*,
    ref_movement_reasons.movement,
    held.designation as held,
    met.designation as met,
    eligible.designation as eligible,
    previous_held.designation as previous_held
from compared
inner join ref_movement_reasons using (reason)
left join ref_designations as held on compared.held_rank = held.rank
left join ref_designations as met on compared.met_rank = met.rank
left join ref_designations as eligible on compared.eligible_rank = eligible.rank
left join ref_designations as previous_held on compared.previous_held_rank = previous_held.rank
