-- E01: a round that usually comes earlier was closed after a later one; a day known only by its year says nothing.
-- key: delivery_id, sheet, row_no
with known as (
    select r.*, kind.step from stg_financing__rounds as r
    inner join ref_round_kinds as kind on upper(trim(r.round)) = upper(kind.round)
    where kind.step is not null and r.financed_precision is distinct from 'year'
)

select r.delivery_id, r.sheet, r.row_no, 'round' as field, r.round as value
from known as r
semi join known as earlier on r.uscc = earlier.uscc and r.financed_on > earlier.financed_on and r.step < earlier.step
