-- One row per kind of change and per signal: the number of firms, zero included. Changes add up to the zone, signals overlap.
-- key: total, kind
-- scope: zone
with counted as (
    select 'change' as total, change as kind, count(*) as firms from mart_movers__firms
    group by change
    union all
    select 'signal' as total, signal as kind, count(distinct firm_id) as firms from mart_movers__signals
    group by signal
),

named as (
    select 'change' as total, change as kind, seq, zh, en from ref_changes
    union all
    select 'signal' as total, signal as kind, seq, zh, en from ref_signals
)

select named.total, named.kind, named.seq, named.zh, named.en, coalesce(counted.firms, 0) as firms
from named
left join counted using (total, kind)
order by named.total, named.seq
