-- One row per dated link from a firm to another: a merger, split or succession stated by a person, or a stock code that passed
-- on: statement_id and stock_code. Titles and filings do not move along a link; it marks growth that is not organic (T06).
-- key: firm_id, other_firm_id, kind
-- scope: firm
with dated_links as (
    select
        content ->> 'firm' as firm_id,
        content ->> 'other' as other_firm_id,
        content ->> 'kind' as kind,
        try_cast(content ->> 'on' as date) as valid_from,
        statement_id
    from statement_standing
    where kind = 'link'
    union all by name
    select after_firm_id as firm_id, firm_id as other_firm_id, 'listing_passed' as kind, held_from as valid_from,
        stock_code
    from core_firm__shares
    where after_firm_id is not null
)

select
    firm_id,
    other_firm_id,
    kind,
    min(valid_from) as valid_from,
    min_by(statement_id, valid_from) as statement_id,
    min_by(stock_code, valid_from) as stock_code
from dated_links
where firm_id in (select firm_id from core_firm) and other_firm_id in (select firm_id from core_firm)
group by firm_id, other_firm_id, kind
