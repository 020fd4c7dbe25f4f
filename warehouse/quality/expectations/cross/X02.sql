-- X02: the incubation day on the form differs from the incubator's.
-- key: delivery_id, sheet, row_no
select p.delivery_id, p.sheet, p.row_no, 'incubated_on' as field, p.incubated_on as value
from stg_torch__profile as p
where p.incubated_on is not null
    and exists (select 1 from stg_incubator__tenancies as t where t.uscc = p.uscc)
    and not exists (select 1 from stg_incubator__tenancies as t where t.uscc = p.uscc and t.entered_on = p.incubated_on)
