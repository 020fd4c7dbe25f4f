-- One row per class of zones (null: all) and pair of states, over the zones that compare the same two days: firms, their share of those that
-- began there and its interval (Wilson).
-- key: peers, from_state, to_state
-- scope: zone
with cells as (
    select
        zone.peers, moved.from_state, moved.from_seq, moved.from_zh, moved.from_en, moved.to_state, moved.to_seq, moved.to_zh, moved.to_en,
        count(*) as zones, sum(moved.firms)::bigint as firms
    from mart_zone__transitions as moved
    inner join zone using (zone)
    where moved.day = getvariable('day') and moved.previous_day = getvariable('previous_day')
    group by grouping sets (
        (zone.peers, moved.from_state, moved.from_seq, moved.from_zh, moved.from_en, moved.to_state, moved.to_seq, moved.to_zh, moved.to_en),
        (moved.from_state, moved.from_seq, moved.from_zh, moved.from_en, moved.to_state, moved.to_seq, moved.to_zh, moved.to_en)
    )
)

select
    getvariable('previous_day')::date as previous_day,
    getvariable('day')::date as day,
    cells.*,
    sum(firms) over (partition by peers, from_state)::bigint as from_firms,
    sum(firms) over (partition by peers, to_state)::bigint as to_firms,
    firms / nullif(sum(firms) over (partition by peers, from_state), 0) as share,
    wilson_bound(firms, sum(firms) over (partition by peers, from_state), -getvariable('z')) as share_low,
    wilson_bound(firms, sum(firms) over (partition by peers, from_state), getvariable('z')) as share_high
from cells
order by peers nulls first, from_seq, to_seq
