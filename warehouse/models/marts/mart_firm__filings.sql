-- One row per report of a firm and the year reported on, with the delivered row.
-- key: firm_id, designation, filing, year
-- scope: firm
select
    filings.firm_id,
    firm_key(filings.firm_id) as firm_key,
    filings.designation,
    filings.filing,
    filings.year,
    filings.filed_on,
    filings.is_not_filed,
    filings.delivery_id,
    filings.sheet,
    filings.row_no
from core_firm__filings as filings
order by firm_key
