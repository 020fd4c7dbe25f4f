-- Reports of the yearly form that stand for a known firm: money in yuan, heads, and the industry of the register.
-- grain: delivery_id, sheet, row_no
with industry as (
    select uscc, any_value(left(industry_code, 2)) as industry from stg_registry__firms group by uscc
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
    stg.staff_end,
    stg.staff_mean_quarterly,
    stg.staff_mean_monthly,
    stg.rd_staff_end
from stg_zone__yearly as stg
inner join raw_zone__yearly as raw using (delivery_id, sheet, row_no)
left join industry on stg.uscc = industry.uscc
where stg.uscc_state = 'ok' and not stg.is_withdrawn and stg.year is not null
