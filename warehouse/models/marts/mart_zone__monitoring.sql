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

-- titles count in a year of which a list is known: without one nobody knows who holds or got a title
listed as (
    select distinct designation, valid_from from core_title
    where firm_id is not null and event in ('granted', 'renewed')
),

known as (
    select distinct measure.measure, counted.year
    from ref_measures as measure
    cross join (select distinct year from counted) as counted
    inner join listed on measure.designation = listed.designation and year(listed.valid_from) <= counted.year
    where measure.kind = 'stock' or year(listed.valid_from) = counted.year
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
    asked.year <= year(parameter.day) and (measure.kind = 'ratio' or known.measure is not null) as is_known,
    case when is_known then case when measure.kind in ('stock', 'new') then coalesce(counted.value, 0) else counted.value end end as value,
    case when is_known then coalesce(counted.firms, 0) end as firms,
    case when is_known then round(counted.value * 100 / nullif(target.target, 0), 2) end as target_share_pct,
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
left join known on asked.measure = known.measure and asked.year = known.year
left join counted on asked.measure = counted.measure and asked.year = counted.year
