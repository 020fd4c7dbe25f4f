-- E05: two firms are said to be the listed entity of one code since the same day; after a reverse merger the days differ.
-- key: delivery_id, sheet, row_no
with own as (select * from stg_listing__events where name_norm(relation) in (select r.relation from ref_listing_relations as r where r.is_own))

select e.delivery_id, e.sheet, e.row_no, 'stock_code' as field, e.stock_code as value
from own as e
semi join own as other
    on e.stock_code = other.stock_code and e.event = other.event and e.event_on = other.event_on and e.uscc <> other.uscc
