-- One row per currency and year: yuan for one unit, yearly mean; the newest delivered rate, else that of the reference table.
-- key: currency, year
-- scope: zone
with delivered as (
    select
        stg.currency,
        year(stg.rate_on) as year,
        stg.yuan_per_unit as yuan,
        ref_feeds.publisher_zh as source
    from stg_code__fx as stg
    left join ref_feeds on ref_feeds.feed = 'code__fx'
    where stg.kind = '年平均'
    qualify row_number() over (
        partition by stg.currency, year(stg.rate_on) order by stg.seq desc, stg.row_no desc
    ) = 1
)

select * from delivered
union all by name
select currency, year, yuan_per_unit::decimal(18, 10) as yuan, source
from ref_fx
anti join delivered using (currency, year)
