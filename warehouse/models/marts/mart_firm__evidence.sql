-- One row per firm, edition and condition: required value, actual value, outcome, gap, and the open contest of a fact it rests on.
-- kept as: view
-- key: firm_id, edition_id, condition_id
-- scope: firm
with contested as (
    select contest.firm_id, rests.edition_id, rests.condition_id, min(contest.number) as contest
    from case_contest as contest
    inner join ref_condition_facts as rests using (fact)
    group by all
)

select
    finding.firm_id,
    finding.firm_key,
    finding.edition_id,
    finding.condition_id,
    condition.seq,
    condition.route,
    condition.zh,
    condition.en,
    condition.clause,
    condition.confidence,
    finding.outcome,
    finding.value,
    finding.value_high,
    finding.distance,
    condition.unit,
    condition.operator,
    condition.required_zh,
    condition.required_en,
    finding.gap,
    finding.gap_unit,
    condition.closes,
    finding.is_closed,
    finding.is_deciding,
    finding.missing_fact,
    fact.zh as missing_zh,
    fact.en as missing_en,
    contested.contest
from core_tiers__findings as finding
inner join ref_conditions as condition using (edition_id, condition_id)
left join ref_facts as fact on finding.missing_fact = fact.fact
left join contested
    on finding.firm_id = contested.firm_id and finding.edition_id = contested.edition_id and finding.condition_id = contested.condition_id
