-- Balance sheets of listed companies, typed. Money in fen. Every row that was loaded; checks take out what fails.
-- grain: delivery_id, sheet, row_no
select
    stock_code,
    short_name,
    a_year(year) as year,
    source,
    fen(current_assets, money_unit) as current_assets_fen,
    fen(noncurrent_assets, money_unit) as noncurrent_assets_fen,
    fen(current_liabilities, money_unit) as current_liabilities_fen,
    fen(noncurrent_liabilities, money_unit) as noncurrent_liabilities_fen,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_listed__balance
