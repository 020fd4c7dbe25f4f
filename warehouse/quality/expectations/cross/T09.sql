-- T09: the parent reports the same year too.
-- key: delivery_id, sheet, row_no
-- scope: zone
select p.delivery_id, p.sheet, p.row_no, 'parent_code' as field, p.parent_code as value
from stg_torch__profile as p
where p.parent_code <> p.uscc
    and exists (select 1 from stg_torch__economy as e where e.uscc = p.parent_code and e.year = p.year)
