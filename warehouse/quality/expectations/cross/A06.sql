-- A06: new-product sales are above revenue, or their exports above exports.
-- key: delivery_id, sheet, row_no
select r.delivery_id, r.sheet, r.row_no, 'new_product_revenue' as field, r.new_product_revenue_fen / 100 as value
from stg_torch__rd as r
inner join (select uscc, year, max_by(revenue_fen, seq) as revenue_fen, max_by(exports_fen, seq) as exports_fen from stg_torch__economy group by all) as e
    using (uscc, year)
where r.new_product_revenue_fen > e.revenue_fen + abs(e.revenue_fen) * threshold('rounding_share')
    or r.qj72_fen > r.new_product_revenue_fen or r.qj72_fen > e.exports_fen
