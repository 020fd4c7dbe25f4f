-- X05: R&D as filed is far from the base of the super-deduction.
-- key: delivery_id, sheet, row_no
with deducted as (select uscc, year, max_by(rd_deducted_fen, seq) as base_fen from stg_tax__rd_deduction group by all)

select y.delivery_id, y.sheet, y.row_no, 'rd_tax' as field, y.rd_tax_fen / 100 as value
from stg_zone__yearly as y
inner join deducted using (uscc, year)
where not y.is_withdrawn and abs(y.rd_tax_fen - deducted.base_fen) > abs(y.rd_tax_fen) * threshold('deduction_share')
