-- Construction licensees, typed. Every row that was loaded; checks take out what fails.
-- grain: delivery_id, sheet, row_no
select
    upper(trim(uscc)) as uscc,
    name,
    name_norm(name) as name_norm,
    province,
    uscc_state,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_construction__licensees
