-- One row per firm and evaluation day: the lowest rung above the highest held that can still be reached, with the condition that
-- decides it; a rung that is met or left to judgement names no condition that is met.
-- key: firm_id, day
-- scope: firm
select
    position.firm_id,
    position.day,
    verdict.designation,
    verdict.edition_id,
    verdict.outcome,
    case when verdict.outcome <> 'met' then verdict.deciding_condition end as deciding_condition,
    verdict.deciding_gap,
    verdict.gap_unit,
    verdict.missing_fact,
    verdict.opens_on,
    verdict.open_conditions
from core_firm__position as position
inner join core_tiers__ladder_verdicts as verdict
    on position.firm_id = verdict.firm_id and position.day = verdict.day and position.held_rank < verdict.rank
where not verdict.is_closed
qualify row_number() over (partition by position.firm_id, position.day order by verdict.rank) = 1
