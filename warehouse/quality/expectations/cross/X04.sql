-- X04: revenue as filed is far from twelve months of VAT sales.
-- key: delivery_id, sheet, row_no
with sold as (
    select uscc, try_cast(left(month, 4) as integer) as year, sum(sales_fen) + sum(coalesce(exempt_sales_fen, 0)) as sales_fen
    from stg_tax__vat_sales
    group by all
    having count(distinct month) = 12
)

select y.delivery_id, y.sheet, y.row_no, 'revenue' as field, y.revenue_fen / 100 as value
from stg_zone__yearly as y
inner join sold using (uscc, year)
where not y.is_withdrawn and abs(y.revenue_fen - sold.sales_fen) > abs(y.revenue_fen) * threshold('vat_share')
