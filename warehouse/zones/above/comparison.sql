-- One row per zone and kind of change: its firms, their share of the firms of the zone with its interval (Wilson), and the share among all
-- zones of the class, where there are others. Zones are in the order of their codes: intervals overlap, and a rank by size would say nothing.
-- key: zone, change
-- scope: zone
with changes as (
    select
        totals.zone, totals.kind as change, totals.seq, totals.zh, totals.en, totals.firms, zone.peers,
        count(*) over (partition by zone.peers, totals.kind) - 1 as like_zones
    from mart_movers__totals as totals
    inner join zone using (zone)
    where totals.total = 'change'
)

select
    zone,
    peers,
    change,
    zh,
    en,
    firms,
    sum(firms) over (partition by zone)::bigint as of_firms,
    firms / nullif(sum(firms) over (partition by zone), 0) as share,
    wilson_bound(firms, sum(firms) over (partition by zone), -getvariable('z')) as share_low,
    wilson_bound(firms, sum(firms) over (partition by zone), getvariable('z')) as share_high,
    like_zones,
    case when like_zones > 0 then sum(firms) over (partition by peers, change) / nullif(sum(firms) over (partition by peers), 0) end as peers_share
from changes
order by peers, zone, seq
