-- One row per kind of change over all zones, in which a firm that moved from zone to zone is counted as moved, neither as gone nor as new.
-- key: change
-- scope: zone
with moved as materialized (select count(*) as firms, count(*) filter (where change = 'new') as arrived from moves),

totals as (
    select kind as change, seq, zh, en, sum(firms)::bigint as firms from mart_movers__totals
    where total = 'change'
    group by all
)

select
    totals.change,
    totals.zh,
    totals.en,
    totals.firms - case totals.change when 'gone' then moved.firms when 'new' then moved.arrived else 0 end as firms,
    case totals.change when 'gone' then moved.firms when 'new' then moved.arrived else 0 end as moved
from totals
cross join moved
order by totals.seq
