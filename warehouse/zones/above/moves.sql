-- One row per firm that one zone lost and another has: it moved, and neither ended nor began.
-- key: firm_id
-- scope: firm
with lost as (
    select firm_id, name, zone, from_held, from_met from firm_index
    where change = 'gone'
),

present as (
    select firm_id, name, zone, held, met, change from firm_index
    where change <> 'gone'
)

select
    lost.firm_id,
    present.name,
    lost.zone as from_zone,
    present.zone as to_zone,
    lost.from_held,
    present.held,
    lost.from_met,
    present.met,
    present.change
from lost
inner join present using (firm_id)
qualify row_number() over (partition by lost.firm_id order by present.zone, lost.zone) = 1
order by lost.firm_id
