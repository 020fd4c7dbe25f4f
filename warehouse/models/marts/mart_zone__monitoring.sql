-- One row per zone, measure and year of the plan: the target, the value counted, and the value as a share of the target.
-- key: zone, measure, year
-- scope: zone
with counted as (
    select
        measure,
        year,
        count(*) filter (where part > 0) as firms,
        case when count(whole) = 0 then sum(part) else sum(part) * 100 / nullif(sum(whole), 0) end as value
    from mart_zone__monitoring_firms
    group by all
),

asked as (
    select zone, measure, year from core_target
    union
    select target.zone, counted.measure, counted.year from counted
    inner join (select distinct zone, measure from core_target) as target using (measure)
)

select
    asked.zone,
    asked.measure,
    measure.seq as measure_seq,
    measure.kind as measure_kind,
    measure.zh,
    measure.en,
    asked.year,
    coalesce(stage.stage, usual.stage) as stage,
    coalesce(stage.zh, usual.zh) as stage_zh,
    coalesce(stage.en, usual.en) as stage_en,
    measure.unit,
    target.target,
    -- a count of no firm is none; a share of nothing is not known
    case
        when asked.year > year(parameter.day) then null
        when measure.unit = '家' then coalesce(counted.value, 0)
        else counted.value
    end as value,
    case when asked.year <= year(parameter.day) then coalesce(counted.firms, 0) end as firms,
    round(counted.value * 100 / nullif(target.target, 0), 2) as target_share_pct,
    asked.year < year(parameter.day) or parameter.day = make_date(asked.year::bigint, 12, 31) as is_final,
    target.due_on,
    target.document,
    parameter.run_id
from asked
cross join parameter
inner join ref_measures as measure using (measure)
inner join ref_plan_stages as usual on usual.year is null  -- of a year outside every plan
left join ref_plan_stages as stage on asked.year = stage.year
left join core_target as target
    on asked.zone = target.zone and asked.measure = target.measure and asked.year = target.year
left join counted on asked.measure = counted.measure and asked.year = counted.year
