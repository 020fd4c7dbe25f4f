-- One row per designation: living firms that hold it, meet it, need a judgement, are undecided, do not meet it.
-- key: designation
-- scope: zone
with living as (
    select firm_id from core_firm__position inner join parameter using (day)
    where is_living
),

held as (
    select designation, count(*) as firms
    from core_firm__held inner join parameter using (day)
    where firm_id in (select firm_id from living)
    group by designation
),

-- most firms have the same answers by all editions as many others, so those of each group are looked up once
alike as (
    select day, outcome, count(*) as firms
    from core_tiers__verdicts_wide inner join parameter using (day)
    where firm_id in (select firm_id from living)
    group by all
),

verdicts as (
    select edition.designation, ref_outcomes.outcome, alike.firms
    from (select day, firms, map_values(outcome::map(varchar, tinyint)) as outcomes from alike) as alike
    inner join ref_verdict_columns as edition using (day)
    inner join ref_outcomes on alike.outcomes[edition.position] = ref_outcomes.code
    where edition.is_selected
)

select
    designation.designation,
    designation.zh,
    designation.en,
    designation.rank,
    coalesce(max(held.firms), 0) as held_count,
    coalesce(sum(verdicts.firms) filter (where verdicts.outcome = 'met'), 0)::bigint as met_count,
    coalesce(sum(verdicts.firms) filter (where verdicts.outcome = 'judgement'), 0)::bigint as judgement_count,
    coalesce(sum(verdicts.firms) filter (where verdicts.outcome = 'unknown'), 0)::bigint as unknown_count,
    coalesce(sum(verdicts.firms) filter (where verdicts.outcome = 'not_met'), 0)::bigint as not_met_count
from ref_designations as designation
left join held using (designation)
left join verdicts using (designation)
group by all
order by designation.rank
