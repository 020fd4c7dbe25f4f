-- X06: staff as filed is far from the insured heads of December.
-- key: delivery_id, sheet, row_no
with insured as (select uscc, month, max_by(pension_heads, seq) as heads from stg_insurance__heads group by all)

select y.delivery_id, y.sheet, y.row_no, 'staff_end' as field, y.staff_end as value
from stg_zone__yearly as y
inner join insured on y.uscc = insured.uscc and insured.month = y.year || '12'
where not y.is_withdrawn and abs(y.staff_end - insured.heads) > y.staff_end * threshold('insured_share')
