-- Changes of control, typed. Every row that was loaded; checks take out what fails.
-- grain: delivery_id, sheet, row_no
select
    upper(trim(uscc)) as uscc,
    name,
    name_norm(name) as name_norm,
    a_date(changed_on) as changed_on,
    acquirer,
    source,
    a_date(as_of) as as_of,
    uscc_state,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_control__changes
