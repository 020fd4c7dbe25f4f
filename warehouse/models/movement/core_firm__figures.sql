-- One row per firm and condition that a signal or the next step may name: the conditions that decide a rung, and all of those
-- held. value is what is compared, for points the most that can be reached; distance is negative where the line is passed.
-- Read from the wide findings, and only for these conditions: the long form takes five times as long.
-- key: firm_id, edition_id, condition_id
-- scope: firm
with conditions as (
    select finding.*, condition.operator
    from ref_finding_columns as finding
    inner join ref_conditions as condition using (edition_id, condition_id)
    where finding.edition_id in (select edition_id from core_firm__rungs)
),

named as (
    select rung.firm_id, condition.*
    from core_firm__rungs as rung
    inner join conditions as condition
        on rung.edition_id = condition.edition_id
        and (rung.is_held or condition.condition_id in (rung.condition_id, rung.previous_condition, rung.closed_condition))
),

findings as (
    select
        firm_id,
        map_values(answer::map(varchar, smallint)) as answers,
        map_values(value::map(varchar, double)) as measured
    from core_tiers__findings_wide
)

select
    named.firm_id,
    named.edition_id,
    named.condition_id,
    findings.answers[named.position] >= 2 as is_met,
    coalesce(findings.measured[named.value_high_position], findings.measured[named.value_position]) as value,
    case
        when named.distance_position is not null then findings.measured[named.distance_position]
        else (named.required - findings.measured[named.measured_position]) * named.direction
    end as distance,
    case when named.operator in ('at_most', 'less_than') then value - distance else value + distance end as line
from named
inner join findings using (firm_id)
