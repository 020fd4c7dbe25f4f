-- One row per yearly form of a known firm that is not withdrawn: money in fen, heads, the industry of the registry, and in yuan the
-- figures of the tax service for the same year (null unless the year is complete).
-- key: delivery_id, sheet, row_no
-- scope: row
with industry as (
    select uscc, left(arg_max(industry_code, (seq, row_no, delivery_id, sheet)), 2) as industry
    from stg_registry__firms group by uscc
),

vat as (
    select uscc, try_cast(left(month, 4) as integer) as year, sales_fen + coalesce(exempt_sales_fen, 0) as sales_fen, month
    from stg_tax__vat_sales
    qualify row_number() over (partition by uscc, month order by seq desc, row_no desc) = 1
),

sold as (
    select uscc, year, sum(sales_fen) / 100 as sales_of_vat from vat group by all having count(*) = 12 and count(sales_fen) = 12
),

returned as (
    select uscc, year(quarter_end) as year, revenue_to_date_fen / 100 as revenue_of_tax, assets_end_fen / 100 as assets_of_tax
    from stg_tax__income_quarterly
    where month(quarter_end) = 12
    qualify row_number() over (partition by uscc, quarter_end order by seq desc, row_no desc) = 1
),

deducted as (
    select uscc, year, rd_tax_fen / 100 as research_of_tax
    from stg_tax__rd_deduction
    qualify row_number() over (partition by uscc, year order by seq desc, row_no desc) = 1
)

select
    stg.delivery_id,
    stg.sheet,
    stg.row_no,
    stg.uscc as firm,
    stg.year,
    stg.seq,
    industry.industry,
    raw.money_unit as unit,
    stg.* like '%_fen',
    stg.revenue_fen as revenue_beside_vat_fen,
    stg.revenue_fen as revenue_beside_tax_fen,
    stg.total_assets_fen as assets_beside_tax_fen,
    stg.rd_tax_fen as research_beside_tax_fen,
    stg.staff_end,
    stg.staff_mean_quarterly,
    stg.staff_mean_monthly,
    stg.rd_staff_end,
    try_cast(sold.sales_of_vat as double) as sales_of_vat,
    try_cast(returned.revenue_of_tax as double) as revenue_of_tax,
    try_cast(returned.assets_of_tax as double) as assets_of_tax,
    try_cast(deducted.research_of_tax as double) as research_of_tax
from stg_zone__yearly as stg
inner join raw_zone__yearly as raw using (delivery_id, sheet, row_no)
left join industry on stg.uscc = industry.uscc
left join sold on stg.uscc = sold.uscc and stg.year = sold.year
left join returned on stg.uscc = returned.uscc and stg.year = returned.year
left join deducted on stg.uscc = deducted.uscc and stg.year = deducted.year
where stg.uscc_state = 'ok' and not stg.is_withdrawn and stg.year is not null
