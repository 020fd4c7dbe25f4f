-- The verdict on each rung of the ladder by the edition that decides it there, taken out of the wide verdicts once.
-- key: firm_id, designation, day
-- scope: firm
select
    verdict.firm_id,
    verdict.day,
    verdict.designation,
    designation.rank,
    verdict.edition_id,
    verdict.outcome,
    verdict.deciding_condition,
    verdict.deciding_gap,
    verdict.gap_unit,
    verdict.missing_fact
from core_tiers__verdicts as verdict
inner join ref_designations as designation using (designation)
where verdict.is_selected and designation.rank is not null
