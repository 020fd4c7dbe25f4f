-- How firms follow from one another, dated: what people stated of mergers, splits and successions, and stock codes that
-- passed to another firm. Nothing a firm holds or filed moves along a link; it says where growth is not a firm's own (T06).
-- key: firm_id, other_firm_id, kind
-- scope: firm
with told as (
    select
        content ->> 'firm' as firm_id,
        content ->> 'other' as other_firm_id,
        content ->> 'kind' as kind,
        try_cast(content ->> 'on' as date) as valid_from,
        'statement ' || statement_id as evidence
    from statement_standing
    where kind = 'link'
    union all by name
    select after_firm_id as firm_id, firm_id as other_firm_id, 'listing_passed' as kind, held_from as valid_from,
        'stock code ' || stock_code as evidence
    from core_firm__shares
    where after_firm_id is not null
)

select firm_id, other_firm_id, kind, min(valid_from) as valid_from, min_by(evidence, valid_from) as evidence
from told
where firm_id in (select firm_id from core_firm) and other_firm_id in (select firm_id from core_firm)
group by firm_id, other_firm_id, kind
