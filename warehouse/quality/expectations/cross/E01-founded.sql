-- E01: financed before the firm was founded.
-- key: delivery_id, sheet, row_no
with founded as (select uscc, max_by(founded_on, seq) as founded_on from stg_registry__firms group by all)

select r.delivery_id, r.sheet, r.row_no, 'financed_on' as field, r.financed_on as value
from stg_financing__rounds as r
inner join founded using (uscc)
where r.financed_on < founded.founded_on
