-- One row per firm and edition: the verdict on the evaluation day and on the previous one.
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
    previous.outcome as previous_outcome,
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
inner join parameter on verdict.day = parameter.day
inner join ref_editions as edition using (edition_id)
inner join ref_designations as designation on verdict.designation = designation.designation
left join core_tiers__verdicts as previous
    on verdict.firm_key = previous.firm_key
    and verdict.firm_id = previous.firm_id
    and verdict.edition_id = previous.edition_id
    and parameter.previous_day = previous.day
    and parameter.previous_day <> parameter.day
