-- One row per class of zones and designation, and per designation over all zones (peers is null): what the zones count together.
-- key: peers, designation
-- scope: zone
select
    zone.peers,
    ladder.designation,
    ladder.zh,
    ladder.en,
    ladder.rank,
    count(*) as zones,
    sum(ladder.held_count)::bigint as held_count,
    sum(ladder.met_count)::bigint as met_count,
    sum(ladder.judgement_count)::bigint as judgement_count,
    sum(ladder.unknown_count)::bigint as unknown_count,
    sum(ladder.not_met_count)::bigint as not_met_count
from mart_zone__ladder as ladder
inner join zone using (zone)
group by grouping sets ((zone.peers, ladder.designation, ladder.zh, ladder.en, ladder.rank), (ladder.designation, ladder.zh, ladder.en, ladder.rank))
order by zone.peers nulls first, ladder.rank nulls last, ladder.designation
