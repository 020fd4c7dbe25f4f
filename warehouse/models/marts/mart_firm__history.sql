-- One row per firm and year: its figures, with the delivered rows they come from.
-- key: firm_id, year
-- scope: firm
select
    firm_id,
    firm_key(firm_id) as firm_key,
    year,
    revenue_fen,
    rd_account_fen,
    rd_tax_fen,
    rd_hnte_fen,
    staff_end,
    net_profit_fen,
    sources,
    basis
from core_firm__yearly
order by firm_key
