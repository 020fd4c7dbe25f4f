-- One row per firm and evaluation day: counts of intellectual property as last stated by the day, by counts or by the register.
-- What the register does not count stays as it was stated.
-- A firm that the register does not name has unknown counts, not zero. A right of unknown status leaves its count unknown, one of
-- unknown kind all counts.
-- key: firm_id, day
-- scope: firm
with stated as (
    select core_firm__ip.* exclude (delivery_id, sheet, row_no), day from core_firm__ip
    inner join evaluation_day on counted_on <= day
    qualify row_number() over (partition by firm_id, day order by counted_on desc) = 1
),

right_status as (
    select
        firm_id, day, class.name as class, is_invention, family, is_kind_known, applied_on, as_of,
        case
            when used_on is not null then used_on <= day
            -- used by the day of the register, on an unknown day: unknown for the days before
            when is_used and as_of > day then null
            else is_used
        end as was_used,
        case
            when granted_on is null or granted_on > day or expires_on < day then false
            when is_in_force then true
            -- ended by the day of the register, on an unknown day: unknown for the days before
            when not is_in_force and as_of > day then case when expires_on is not null then true end
            when not is_in_force then false
        end as was_in_force
    from core_firm__rights
    left join ref_right_classes as class using (class)
    inner join evaluation_day on coalesce(applied_on, granted_on) <= day
),

registered as (
    select
        firm_id,
        day,
        case when bool_and(was_in_force is not null or class is distinct from 'first') then count_if(was_in_force and class = 'first') end
            as ip_class1_count,
        case when bool_and(was_in_force is not null or class is distinct from 'second') then count_if(was_in_force and class = 'second') end
            as ip_class2_count,
        -- a right that counts already for want of use, or of force, needs no more to be known
        case
            when bool_and(class is distinct from 'second' or was_in_force is false or (was_used and was_in_force is null) or (was_in_force and was_used is not null))
                then count_if(was_in_force and class = 'second' and not was_used)
        end as ip_class2_unused_count,
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
        bool_and(is_kind_known or was_in_force is false) as are_kinds_known,
        max(as_of) filter (where as_of <= day) as registered_on
    from right_status
    group by firm_id, day
),

counted as (
    select
        firm_id, day, inventions_applied, registered_on,
        case when are_kinds_known then ip_class1_count end as ip_class1_count,
        case when are_kinds_known then ip_class2_count end as ip_class2_count,
        case when are_kinds_known then ip_class2_unused_count end as ip_class2_unused_count,
        case when are_kinds_known then inventions_granted end as inventions_granted,
        case when are_kinds_known then patents_granted end as patents_granted,
        case when are_kinds_known then utility_and_software_count end as utility_and_software_count
    from registered
)

select
    firm_id, day,
    stated.* exclude (firm_id, day, counted_on, inventions_applied, ip_class1_count, ip_class2_count, ip_class2_unused_count, inventions_granted, patents_granted, utility_and_software_count),
    case when is_newer then counted.inventions_applied else stated.inventions_applied end as inventions_applied,
    case when is_newer then counted.ip_class1_count else stated.ip_class1_count end as ip_class1_count,
    case when is_newer then counted.ip_class2_count else stated.ip_class2_count end as ip_class2_count,
    case when is_newer then coalesce(counted.ip_class2_unused_count, stated.ip_class2_unused_count) else stated.ip_class2_unused_count end as ip_class2_unused_count,
    case when is_newer then counted.inventions_granted else stated.inventions_granted end as inventions_granted,
    case when is_newer then counted.patents_granted else coalesce(stated.patents_granted, counted.patents_granted) end as patents_granted,
    case when is_newer then counted.utility_and_software_count else coalesce(stated.utility_and_software_count, counted.utility_and_software_count) end
        as utility_and_software_count
from (
    select
        coalesce(stated.firm_id, counted.firm_id) as firm_id, coalesce(stated.day, counted.day) as day,
        stated, counted, stated.firm_id is null or counted.registered_on > stated.counted_on as is_newer
    from stated
    full join counted using (firm_id, day)
) as both_statements
