-- E05: listed before the firm was founded.
-- key: delivery_id, sheet, row_no
with founded as (select uscc, max_by(founded_on, seq) as founded_on from stg_registry__firms group by all)

select e.delivery_id, e.sheet, e.row_no, 'event_on' as field, e.event_on as value
from stg_listing__events as e
inner join founded using (uscc)
where e.event_on < founded.founded_on and name_norm(e.relation) in (select r.relation from ref_listing_relations as r where r.is_own)
