-- One row per firm and condition that a signal or the next step may name: the conditions that decide a rung, and all of those
-- held. value is what is compared, for points the most that can be reached; distance is negative where the line is passed.
-- Read from the wide findings, and only for these conditions: the long form takes five times as long. Joined firm by firm, since a
-- join of a condition at a time copies every figure of the firm.
-- key: firm_id, edition_id, condition_id
-- scope: firm
with conditions as (
    select row_number() over (order by edition_id, condition_id) as number, finding.*, condition.operator
    from ref_finding_columns as finding
    inner join ref_conditions as condition using (edition_id, condition_id)
    where finding.edition_id in (select edition_id from core_firm__rungs)
),

named as (
    select rung.firm_id, list(condition.number) as numbers
    from core_firm__rungs as rung
    inner join conditions as condition
        on rung.edition_id = condition.edition_id
        and (rung.is_held or condition.condition_id in (rung.condition_id, rung.previous_condition, rung.closed_condition))
    group by rung.firm_id
),

findings as (
    select
        firm_id,
        [*columns(answer.*)] as answers,
        [*columns(value.*)] as measured
    from core_tiers__findings_wide
),

picked as (
    select findings.*, unnest(named.numbers) as number
    from findings
    inner join named using (firm_id)
)

select
    picked.firm_id,
    condition.edition_id,
    condition.condition_id,
    picked.answers[condition.position] >= judgement.code as is_met,
    coalesce(picked.measured[condition.value_high_position], picked.measured[condition.value_position]) as value,
    case
        when condition.distance_position is not null then picked.measured[condition.distance_position]
        else (condition.required - picked.measured[condition.measured_position]) * condition.direction
    end as distance,
    case when condition.operator in ('at_most', 'less_than') then value - distance else value + distance end as line
from picked
inner join conditions as condition using (number)
inner join ref_outcomes as judgement on judgement.outcome = 'judgement'
