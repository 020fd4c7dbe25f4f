-- One row per movement: the number of firms, zero included.
-- key: movement
-- scope: zone
select movement.movement, movement.seq, movement.zh, movement.en, count(mover.firm_id) as firms
from ref_movements as movement
left join mart_movers__firms as mover on movement.movement = mover.movement
group by all
order by movement.seq
