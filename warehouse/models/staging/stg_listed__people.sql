-- Staff of listed companies, typed. Every row that was loaded; checks take out what fails.
-- grain: delivery_id, sheet, row_no
select
    stock_code,
    short_name,
    a_year(year) as year,
    source,
    a_count(staff_end) as staff_end,
    a_count(rd_staff_end) as rd_staff_end,
    a_number(rd_staff_pct) as rd_staff_pct,
    a_count(technical_staff_end) as technical_staff_end,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_listed__people
