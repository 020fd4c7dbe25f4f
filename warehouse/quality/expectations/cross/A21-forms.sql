-- A21: R&D staff without external staff is above staff, between two forms.
-- key: delivery_id, sheet, row_no
select r.delivery_id, r.sheet, r.row_no, 'rd_staff' as field, r.rd_staff as value
from stg_torch__rd as r
inner join (select uscc, year, max_by(employees_end, seq) as employees_end from stg_torch__staff group by all) as s
    using (uscc, year)
where r.rd_staff - coalesce(r.rd_staff_external, 0) > s.employees_end
