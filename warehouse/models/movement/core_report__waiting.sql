-- One row per firm and year of a yearly report that waits for a decision: it is not missing.
-- key: firm_id, year
-- scope: firm
select distinct firm.firm_id, try_cast(coalesce(raw.form_year, raw.year) as integer) as year
from quarantine
inner join raw_zone__yearly as raw
    on quarantine.delivery_id = raw.delivery_id and quarantine.row_no = raw.row_no
    and coalesce(quarantine.sheet, '') = coalesce(raw.sheet, '')
inner join core_firm as firm on quarantine.uscc = firm.uscc
