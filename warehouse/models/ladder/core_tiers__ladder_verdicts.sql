-- One row per firm, designation of the ladder and day: the verdict by the selected edition, read from the wide verdicts once.
-- key: firm_id, designation, day
-- scope: firm
select
    verdict.firm_id,
    verdict.day,
    verdict.designation,
    verdict.rank,
    verdict.edition_id,
    verdict.outcome,
    verdict.route,
    verdict.deciding_condition,
    verdict.deciding_gap,
    verdict.gap_unit,
    verdict.missing_fact,
    verdict.is_closed,
    verdict.closed_condition,
    verdict.opens_on,
    verdict.open_conditions
from core_tiers__verdicts as verdict
where verdict.is_selected and verdict.rank is not null
