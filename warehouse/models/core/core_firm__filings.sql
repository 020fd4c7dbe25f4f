-- One row per firm, report and year: the newest row on it. not_filed: somebody knows that it was not sent in.
-- key: firm_id, designation, filing, year
-- scope: firm
select
    firm.firm_id,
    kinds.designation,
    kinds.filing,
    stg.year,
    stg.filed_on,
    stg.filed_on is null and stg.is_filed = false as is_not_filed,
    stg.delivery_id,
    stg.sheet,
    stg.row_no
from stg_report__filings as stg
inner join core_firm as firm using (uscc)
inner join ref_filing_kinds as kinds on name_norm(stg.filing) = kinds.filing_text
qualify
    row_number() over (
        partition by firm.firm_id, kinds.designation, kinds.filing, stg.year order by seq desc, stg.row_no desc, stg.sheet desc
    ) = 1
