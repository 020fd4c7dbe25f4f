-- One row per kind of change over all zones, in which a firm that moved from zone to zone is counted as moved, neither as gone nor as new.
-- key: change
-- scope: zone
with moved as (select count(*) as firms from moves),

totals as (
    select kind as change, seq, zh, en, sum(firms)::bigint as firms from mart_movers__totals
    where total = 'change'
    group by all
),

arrived as (
    select count(*) as firms from moves
    inner join firm_index on moves.firm_id = firm_index.firm_id and moves.to_zone = firm_index.zone
    where firm_index.change = 'new'
)

select
    totals.change,
    totals.zh,
    totals.en,
    totals.firms - case totals.change when 'gone' then moved.firms when 'new' then arrived.firms else 0 end as firms,
    case totals.change when 'gone' then moved.firms when 'new' then arrived.firms else 0 end as moved
from totals
cross join moved
cross join arrived
order by totals.seq
