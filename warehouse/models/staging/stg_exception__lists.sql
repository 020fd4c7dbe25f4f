-- Exception and dishonesty lists, typed. Every row that was loaded; checks take out what fails.
-- grain: delivery_id, sheet, row_no
select
    upper(trim(uscc)) as uscc,
    name,
    name_norm(name) as name_norm,
    list_kind,
    a_date(listed_on) as listed_on,
    a_date(removed_on) as removed_on,
    reason,
    authority,
    a_date(as_of) as as_of,
    uscc_state,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_exception__lists
