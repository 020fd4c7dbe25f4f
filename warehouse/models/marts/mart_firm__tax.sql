-- One row per firm and tax year: its settlement and R&D deductions, with the delivered rows.
-- key: firm_id, year
-- scope: firm
select
    tax.*,
    firm_key(tax.firm_id) as firm_key
from core_firm__tax as tax
order by firm_key
