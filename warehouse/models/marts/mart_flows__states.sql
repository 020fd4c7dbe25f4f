-- One row per firm and day of core_flows__days: where it stands by the lists (ref_states), as in mart_zone__transitions: the highest rung
-- it holds, none, or unknown where the lists of the day are not known; absent before its founding, gone afterwards.
-- A view, since which days are covered follows from all lists: rows of a firm would not stay right when a list comes.
-- kept as: view
-- key: firm_id, day
-- scope: firm
with held as (
    select granted.firm_id, flow_day.day, arg_max(granted.designation, designation.rank) as state
    from core_title__granted as granted
    inner join ref_designations as designation using (designation)
    inner join core_flows__days as flow_day
        on granted.valid_from <= flow_day.day
        and (granted.valid_to is null or granted.valid_to >= flow_day.day)
        and (granted.cancelled_on is null or granted.cancelled_on > flow_day.day)
    where designation.rank is not null
    group by all
)

select
    firm.firm_id,
    firm_key(firm.firm_id) as firm_key,
    flow_day.day,
    case
        when firm.founded_on > flow_day.day then 'absent'
        when not is_living_on(firm.is_living, firm.ended_on, flow_day.day) then 'gone'
        when held.state is not null then held.state
        when flow_day.is_covered then 'none'
        else 'unknown'
    end as state
from core_firm as firm
cross join core_flows__days as flow_day
left join held on firm.firm_id = held.firm_id and flow_day.day = held.day
