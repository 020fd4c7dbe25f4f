-- L09: a title that is valid on the day, of a firm that is deregistered, revoked or moved out.
-- key: delivery_id, sheet, row_no
select t.delivery_id, t.sheet, t.row_no, 'name' as field, t.name_as_listed || ' ' || firm.status as value
from core_title as t
inner join core_firm as firm using (firm_id)
cross join parameter
where t.event in ('granted', 'renewed') and t.valid_to >= parameter.day and not firm.is_living
