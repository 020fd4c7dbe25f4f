-- Index of listed companies' annual reports, typed. Every row that was loaded; checks take out what fails.
-- grain: delivery_id, sheet, row_no
select
    a_date(reported_on) as reported_on,
    name,
    name_norm(name) as name_norm,
    stock_code,
    short_name,
    a_year(year) as year,
    report_type,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_listed__index
