-- What each edition says of a firm on the evaluation day, and said on the day before.
-- kept as: view
-- key: firm_id, edition_id
-- scope: firm
select
    verdict.firm_id,
    verdict.firm_key,
    verdict.edition_id,
    verdict.designation,
    designation.zh,
    designation.en,
    designation.rank,
    verdict.is_selected,
    edition.title_zh,
    edition.title_en,
    edition.document,
    edition.issuer,
    edition.number,
    edition.confidence,
    verdict.outcome,
    earlier.outcome as previous_outcome,
    verdict.route,
    verdict.deciding_condition,
    verdict.deciding_gap,
    verdict.gap_unit,
    verdict.missing_fact
from core_tiers__verdicts as verdict
inner join parameter on verdict.day = parameter.day
inner join ref_editions as edition using (edition_id)
inner join ref_designations as designation on verdict.designation = designation.designation
left join core_tiers__verdicts as earlier
    on verdict.firm_key = earlier.firm_key
    and verdict.firm_id = earlier.firm_id
    and verdict.edition_id = earlier.edition_id
    and parameter.previous_day = earlier.day
    and parameter.previous_day <> parameter.day
