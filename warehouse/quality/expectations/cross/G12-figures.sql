-- G12: figures for a year after the one in which the firm was deregistered.
-- key: delivery_id, sheet, row_no
with ended as (select uscc, max_by(deregistered_on, seq) as ended_on from stg_registry__firms group by all)

select y.delivery_id, y.sheet, y.row_no, 'year' as field, y.year as value
from stg_zone__yearly as y
inner join ended using (uscc)
where y.year > year(ended.ended_on) and not y.is_withdrawn
