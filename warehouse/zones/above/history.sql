-- One row per event of a firm over the zones that share their firms: what was decided on its titles, what it reported of itself, and its move from
-- zone to zone. zones: the zones that know of it; a list row that several zones have is one event. Of a move from_zone is the zone that lost
-- the firm, and zones are those that have it now; of other events from_zone is null.
-- key: firm_id, on_day, kind, event, designation, until, from_zone
-- scope: firm
with sharing as (select zone from zone where shares_firms),

events as (
    select
        titles.firm_id, coalesce(titles.valid_from, titles.granted_on) as on_day, 'title' as kind, titles.event, titles.designation,
        titles.zh, titles.en, titles.valid_to as until, null as from_zone, titles.zone
    from firm_titles as titles
    inner join sharing using (zone)
    union all
    select
        changes.firm_id, coalesce(changes.changed_on, changes.reported_on) as on_day, changes.change_kind as kind, changes.change as event,
        null as designation, null as zh, null as en, changes.completed_on as until, null as from_zone,
        changes.zone
    from firm_changes as changes
    inner join sharing using (zone)
    union all
    select
        moves.firm_id, present.day as on_day, 'moved' as kind, 'moved' as event, null as designation, null as zh, null as en, null as until,
        moves.from_zone, moves.to_zone as zone
    from moves
    inner join sharing as losing on moves.from_zone = losing.zone
    inner join sharing as gaining on moves.to_zone = gaining.zone
    inner join zone as present on moves.to_zone = present.zone
)

select
    firm_id, on_day, kind, event, designation, any_value(zh) as zh, any_value(en) as en, until, from_zone,
    list(distinct zone order by zone) as zones
from events
group by firm_id, on_day, kind, event, designation, until, from_zone
order by firm_id, on_day nulls first, kind, designation, from_zone
