-- One row per delivered row behind the facts of a firm, yearly figures apart: file, sheet, row, newest correction, and of an amount
-- in another currency its year and that of the rate.
-- kept as: view
-- key: firm_id, topic, as_of, delivery_id, sheet, row_no
-- scope: firm
select
    stated.firm_id,
    stated.firm_key,
    stated.topic,
    stated.as_of,
    deliveries.feed,
    stated.delivery_id,
    deliveries.file_name,
    stated.sheet,
    stated.row_no,
    corrected.statement_id,
    stated.figure_year,
    stated.rate_year
from core_firm__sources as stated
inner join deliveries using (delivery_id)
left join (
    select delivery_id, sheet, row_no, max(statement_id) as statement_id from correction
    group by all
) as corrected
    on stated.delivery_id = corrected.delivery_id and stated.row_no = corrected.row_no
    and coalesce(stated.sheet, '') = coalesce(corrected.sheet, '')
