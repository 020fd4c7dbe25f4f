-- I01: entered the incubator before the firm was founded, or older than the rules allow.
-- key: delivery_id, sheet, row_no
with founded as (select uscc, max_by(founded_on, seq) as founded_on from stg_registry__firms group by all)

select t.delivery_id, t.sheet, t.row_no, 'entered_on' as field, t.entered_on as value
from stg_incubator__tenancies as t
inner join founded using (uscc)
where t.entered_on < founded.founded_on
    or t.entered_on > founded.founded_on + to_months(threshold('entry_months_max')::integer)
