-- One row per firm and evaluation day: where it stands by the lists (ref_states): the highest rung it holds, or none; absent before its
-- founding, gone afterwards. Whether "none" is known of a day is a matter of all lists, see mart_zone__transitions.
-- key: firm_id, day
-- scope: firm
with held as (
    select held.firm_id, held.day, arg_max(held.designation, designation.rank) as state
    from core_firm__held as held
    inner join ref_designations as designation using (designation)
    where designation.rank is not null
    group by all
)

select
    firm.firm_id,
    evaluation_day.day,
    case
        when firm.founded_on > evaluation_day.day then 'absent'
        when not is_living_on(firm.is_living, firm.ended_on, evaluation_day.day) then 'gone'
        else coalesce(held.state, 'none')
    end as state
from core_firm as firm
cross join evaluation_day
left join held on firm.firm_id = held.firm_id and evaluation_day.day = held.day
