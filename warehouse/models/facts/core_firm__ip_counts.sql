-- One row per firm and evaluation day: counts of intellectual property, the newest stated ones, else counted from the register.
-- A firm that the register does not name has unknown counts, not zero. A right of unknown status leaves its count unknown, one of
-- unknown kind all counts.
-- key: firm_id, day
-- scope: firm
with stated as (
    select core_firm__ip.* exclude (counted_on, delivery_id, sheet, row_no), day from core_firm__ip
    inner join evaluation_day on counted_on <= day
    qualify row_number() over (partition by firm_id, day order by counted_on desc) = 1
),

right_status as (
    select
        firm_id, day, class, is_invention, family, is_kind_known, applied_on,
        case
            when granted_on is null or granted_on > day or expires_on < day then false
            when is_in_force then true
            -- ended by the day of the register, on an unknown day: unknown for the days before
            when not is_in_force and as_of > day then case when expires_on is not null then true end
            when not is_in_force then false
        end as was_in_force
    from core_firm__rights
    inner join evaluation_day on coalesce(applied_on, granted_on) <= day
),

counted as (
    select
        firm_id,
        day,
        case when bool_and(was_in_force is not null or class is distinct from 1) then count_if(was_in_force and class = 1) end
            as ip_class1_count,
        case when bool_and(was_in_force is not null or class is distinct from 2) then count_if(was_in_force and class = 2) end
            as ip_class2_count,
        case when bool_and(was_in_force is not null or not is_invention) then count_if(was_in_force and is_invention) end
            as inventions_granted,
        case
            when bool_and(was_in_force is not null or coalesce(family not in ('invention', 'utility_model', 'design'), true))
                then count_if(was_in_force and family in ('invention', 'utility_model', 'design'))
        end as patents_granted,
        case
            when bool_and(was_in_force is not null or coalesce(family not in ('utility_model', 'software'), true))
                then count_if(was_in_force and family in ('utility_model', 'software'))
        end as utility_and_software_count,
        case when bool_and(is_kind_known) then count_if(is_invention and applied_on <= day) end as inventions_applied,
        bool_and(is_kind_known or was_in_force is false) as are_kinds_known
    from right_status
    group by firm_id, day
)

select
    stated.* exclude (patents_granted, utility_and_software_count),
    coalesce(stated.patents_granted, case when are_kinds_known then counted.patents_granted end) as patents_granted,
    coalesce(stated.utility_and_software_count, case when are_kinds_known then counted.utility_and_software_count end)
        as utility_and_software_count
from stated
left join counted using (firm_id, day)
union all by name
select
    firm_id, day, inventions_applied,
    case when are_kinds_known then ip_class1_count end as ip_class1_count,
    case when are_kinds_known then ip_class2_count end as ip_class2_count,
    case when are_kinds_known then inventions_granted end as inventions_granted,
    case when are_kinds_known then patents_granted end as patents_granted,
    case when are_kinds_known then utility_and_software_count end as utility_and_software_count
from counted
anti join stated using (firm_id, day)
