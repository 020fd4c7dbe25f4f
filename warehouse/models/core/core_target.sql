-- One row per target of the plan: the newest statement of a zone, year and measure.
-- key: zone, year, measure
-- scope: zone
select
    stg.zone,
    stg.year,
    measure.measure,
    try_cast(stg.target as double) as target,
    stg.unit,
    stg.document,
    stg.due_on,
    stg.delivery_id,
    stg.sheet,
    stg.row_no
from stg_plan__targets as stg
inner join ref_measures as measure on stg.measure in (measure.zh, measure.measure)
where stg.year is not null
qualify row_number() over (
    partition by stg.zone, stg.year, measure.measure order by stg.seq desc, stg.row_no desc, stg.sheet desc
) = 1
