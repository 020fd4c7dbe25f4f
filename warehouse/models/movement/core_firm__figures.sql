-- One row per firm and condition that a signal or the next step may name: the conditions that decide a rung, and all of those
-- held. value is what is compared, for points the most that can be reached; distance is negative where the line is passed.
-- key: firm_id, edition_id, condition_id
-- scope: firm
with named as (
    select firm_id, edition_id, unnest([condition_id, previous_condition, closed_condition]) as condition_id
    from core_firm__rungs
    union
    select rung.firm_id, rung.edition_id, condition.condition_id
    from core_firm__rungs as rung
    inner join ref_finding_columns as condition using (edition_id)
    where rung.is_held
),

findings as (
    select * from core_tiers__findings
    where edition_id in (select edition_id from core_firm__rungs)
)

select
    finding.firm_id,
    finding.edition_id,
    finding.condition_id,
    finding.outcome,
    coalesce(finding.value_high, finding.value) as value,
    finding.distance,
    case when condition.operator in ('at_most', 'less_than') then value - finding.distance else value + finding.distance end as line
from findings as finding
semi join named using (firm_id, edition_id, condition_id)
inner join ref_conditions as condition using (edition_id, condition_id)
