-- One row per balance sheet of a listed company, with the staff of the same report.
-- key: delivery_id, sheet, row_no
-- scope: row
with people as (
    select
        stock_code,
        year,
        staff_end,
        rd_staff_end,
        delivery_id as heads_delivery_id,
        sheet as heads_sheet,
        row_no as heads_row_no
    from stg_listed__people
    qualify row_number() over (partition by stock_code, year order by seq desc, row_no desc) = 1
)

select
    stg.delivery_id,
    stg.sheet,
    stg.row_no,
    stg.stock_code as firm,
    stg.year,
    stg.seq,
    null::varchar as industry,
    raw.money_unit as unit,
    stg.* like '%_fen',
    people.* exclude (stock_code, year)
from stg_listed__balance as stg
inner join raw_listed__balance as raw using (delivery_id, sheet, row_no)
left join people on stg.stock_code = people.stock_code and stg.year = people.year
where stg.stock_code is not null and stg.year is not null
