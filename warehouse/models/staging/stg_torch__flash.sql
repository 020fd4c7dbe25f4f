-- Flash report of firms above size, typed. Money in fen. Every row that was loaded; checks take out what fails.
-- grain: delivery_id, sheet, row_no
select
    upper(trim(uscc)) as uscc,
    name,
    name_norm(name) as name_norm,
    period,
    fen(revenue_to_date, money_unit) as revenue_to_date_fen,
    a_count(staff_end) as staff_end,
    fen(rd_to_date, money_unit) as rd_to_date_fen,
    report_month,
    uscc_state,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_torch__flash
