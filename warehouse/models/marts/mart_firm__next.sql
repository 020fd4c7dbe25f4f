-- The next rung of each firm on each day: the lowest one above what it holds, and what decides it there.
-- grain: firm_id, day
select
    position.firm_id,
    position.day,
    verdict.designation,
    verdict.edition_id,
    verdict.outcome,
    verdict.deciding_condition,
    verdict.deciding_gap,
    verdict.gap_unit,
    verdict.missing_fact
from mart_firm__position as position
inner join core_tiers__verdicts as verdict
    on position.firm_id = verdict.firm_id and position.day = verdict.day and verdict.is_selected
inner join ref_designations as designation
    on verdict.designation = designation.designation and position.held_rank < designation.rank
qualify row_number() over (partition by position.firm_id, position.day order by designation.rank) = 1
