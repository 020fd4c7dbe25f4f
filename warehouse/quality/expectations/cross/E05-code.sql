-- E05: two firms have the same event as listed entity of one code on the same day; after a reverse merger the days differ.
-- key: delivery_id, sheet, row_no
with own_events as (select * from stg_listing__events where name_norm(relation) in (select r.relation from ref_listing_relations as r where r.is_own))

select e.delivery_id, e.sheet, e.row_no, 'stock_code' as field, e.stock_code as value
from own_events as e
semi join own_events as other
    on e.stock_code = other.stock_code and e.event = other.event and e.event_on = other.event_on and e.uscc <> other.uscc
