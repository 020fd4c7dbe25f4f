-- One row per firm and evaluation day: where it stands by the lists (ref_states): the highest rung it holds, none, or unknown where
-- the lists of that day cannot say; absent before its founding, gone afterwards.
-- key: firm_id, day
-- scope: zone
with held as (
    select held.firm_id, held.day, arg_max(held.designation, designation.rank) as state
    from core_firm__held as held
    inner join ref_designations as designation using (designation)
    where designation.rank is not null
    group by all
),

-- The holders of a rung are known on a day by a list that may still be valid; a rung without any list yet is left out.
rungs_listed as (
    select evaluation_day.day, count(*) as listed, count(stated.designation) as known
    from core_rung__lists as lists
    inner join evaluation_day on lists.first_on <= evaluation_day.day
    inner join ref_designations as designation using (designation)
    left join core_title__stated as stated on lists.designation = stated.designation and evaluation_day.day = stated.day
    where designation.rank is not null
    group by evaluation_day.day
)

select
    firm.firm_id,
    evaluation_day.day,
    case
        when firm.founded_on > evaluation_day.day then 'absent'
        when not is_living_on(firm.is_living, firm.ended_on, evaluation_day.day) then 'gone'
        when held.state is not null then held.state
        when rungs_listed.known < rungs_listed.listed or rungs_listed.listed is null then 'unknown'
        else 'none'
    end as state
from core_firm as firm
cross join evaluation_day
left join held on firm.firm_id = held.firm_id and evaluation_day.day = held.day
left join rungs_listed on evaluation_day.day = rungs_listed.day
