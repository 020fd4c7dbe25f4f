-- How many firms move which way; every movement has a row, also one of none.
-- grain: movement
select said.movement, said.seq, said.zh, said.en, count(mover.firm_id) as firms
from ref_movements as said
left join mart_movers__firms as mover on said.movement = mover.movement
group by all
order by said.seq
