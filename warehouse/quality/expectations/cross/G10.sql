-- G10: a year is reported that lies before the firm was founded.
-- key: delivery_id, sheet, row_no
with founded as (select uscc, max_by(founded_on, seq) as founded_on from stg_registry__firms group by all)

select y.delivery_id, y.sheet, y.row_no, 'year' as field, y.year as value
from stg_zone__yearly as y
inner join founded using (uscc)
where y.year < year(founded.founded_on)
