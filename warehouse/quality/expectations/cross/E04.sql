-- E04: the year of becoming a firm of the list's kind lies before the founding.
-- key: delivery_id, sheet, row_no
with founded as (
    select name_norm, any_value(founded_on) as founded_on from stg_registry__firms
    group by all
    having count(distinct uscc) = 1
)

select r.delivery_id, r.sheet, r.row_no, 'name' as field, r.name as value
from stg_recognition as r
inner join ref_designation_lists as l on r.designation = l.designation and l.is_unlisted
inner join founded using (name_norm)
where year(r.issued_on) < year(founded.founded_on)
