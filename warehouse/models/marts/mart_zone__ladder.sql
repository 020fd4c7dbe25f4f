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

verdicts as (
    select designation, outcome, count(*) as firms
    from core_tiers__verdicts inner join parameter using (day)
    where is_selected and firm_id in (select firm_id from living)
    group by all
)

select
    designation.designation,
    designation.zh,
    designation.en,
    designation.rank,
    coalesce(max(held.firms), 0) as held_count,
    coalesce(sum(verdicts.firms) filter (where outcome = 'met'), 0)::bigint as met_count,
    coalesce(sum(verdicts.firms) filter (where outcome = 'judgement'), 0)::bigint as judgement_count,
    coalesce(sum(verdicts.firms) filter (where outcome = 'unknown'), 0)::bigint as unknown_count,
    coalesce(sum(verdicts.firms) filter (where outcome = 'not_met'), 0)::bigint as not_met_count
from ref_designations as designation
left join held using (designation)
left join verdicts using (designation)
group by all
order by designation.rank
