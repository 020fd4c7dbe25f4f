-- One row per firm and evaluation day: the lowest rung above the highest held, with its deciding condition.
-- key: firm_id, day
-- scope: firm
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
from core_firm__position as position
inner join core_tiers__ladder_verdicts as verdict
    on position.firm_id = verdict.firm_id and position.day = verdict.day and position.held_rank < verdict.rank
qualify row_number() over (partition by position.firm_id, position.day order by verdict.rank) = 1
