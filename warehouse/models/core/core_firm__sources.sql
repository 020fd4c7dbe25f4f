-- One row per delivered row that states facts of a firm, by topic; yearly figures have their own sources column. An amount in another
-- currency has its year (figure_year) and that of the mean rate by which it was converted (rate_year).
-- key: firm_id, topic, as_of, delivery_id, sheet, row_no
-- scope: firm
-- Materialized: sorted as they come, the parts would each hold memory that is not spilled, 600 MB and more of a million firms.
with stated as materialized (
    select firm_id, 'registry' as topic, null::date as as_of, delivery_id, sheet, row_no from core_firm
    union all by name
    select firm_id, 'ip' as topic, counted_on as as_of, delivery_id, sheet, row_no from core_firm__ip
    union all by name
    select firm_id, 'ip' as topic, coalesce(granted_on, applied_on) as as_of, delivery_id, sheet, row_no from core_firm__rights
    where firm_id not in (select ip.firm_id from core_firm__ip as ip)
    union all by name
    select firm_id, 'declared' as topic, make_date(try_cast(year as integer), 1, 1) as as_of, delivery_id, sheet, row_no from core_firm__declarations
    union all by name
    select
        firm_id, 'rounds' as topic, financed_on as as_of, delivery_id, sheet, row_no,
        year(financed_on) as figure_year, coalesce(amount_rate_year, post_money_rate_year) as rate_year
    from core_firm__rounds
    union all by name
    select firm_id, 'rounds' as topic, valued_on as as_of, delivery_id, sheet, row_no, year(valued_on) as figure_year, rate_year
    from core_firm__valuations
    union all by name
    select firm_id, 'points' as topic, make_date(try_cast(year as integer), 1, 1) as as_of, delivery_id, sheet, row_no from core_firm__points
    union all by name
    select firm_id, 'listing' as topic, event_on as as_of, delivery_id, sheet, row_no from core_firm__listing
    union all by name
    select firm_id, 'control' as topic, changed_on as as_of, delivery_id, sheet, row_no from core_firm__control
    union all by name
    select firm_id, 'exceptions' as topic, listed_on as as_of, delivery_id, sheet, row_no from core_firm__exceptions
    union all by name
    select firm_id, 'title ' || designation as topic, valid_from as as_of, delivery_id, sheet, row_no from core_title
    where firm_id is not null
)

select stated.*, firm_key(stated.firm_id) as firm_key
from stated
order by firm_key
