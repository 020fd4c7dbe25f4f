-- E01: a round that usually comes earlier was closed after a later one; a day of which only the year is known is not compared.
-- key: delivery_id, sheet, row_no
with ordered_rounds as (
    select r.*, kind.step from stg_financing__rounds as r
    inner join ref_round_kinds as kind on upper(trim(r.round)) = upper(kind.round)
    where kind.step is not null and r.financed_precision is distinct from 'year'
)

select r.delivery_id, r.sheet, r.row_no, 'round' as field, r.round as value
from ordered_rounds as r
semi join ordered_rounds as earlier on r.uscc = earlier.uscc and r.financed_on > earlier.financed_on and r.step < earlier.step
