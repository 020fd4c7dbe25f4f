-- One row per target of the plan: of what was delivered and what was entered for a zone, year and measure the newest.
-- key: zone, year, measure
-- scope: zone
with delivered as (
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
),

entered as (
    select
        content ->> 'zone' as zone,
        try_cast(content ->> 'year' as integer) as year,
        content ->> 'measure' as measure,
        try_cast(content ->> 'target' as double) as target,
        content ->> 'unit' as unit,
        content ->> 'document' as document,
        try_cast(content ->> 'due_on' as date) as due_on,
        statement_id as entered_as,
        stated_at
    from statement_standing
    where kind = 'target'
)

select delivered.*, null::bigint as entered_as
from delivered
left join deliveries using (delivery_id)
left join entered using (zone, year, measure)
where coalesce(deliveries.received_at > entered.stated_at, true)
union all by name
select entered.* exclude (stated_at)
from entered
inner join ref_measures using (measure)
left join delivered using (zone, year, measure)
left join deliveries using (delivery_id)
where coalesce(deliveries.received_at <= entered.stated_at, true)
