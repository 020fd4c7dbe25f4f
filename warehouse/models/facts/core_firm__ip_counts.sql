-- Intellectual property on a day: as stated in counts, the newest; else counted from the register, of firms that it names.
-- Who is not named there is not known to have none; one right of which it is unknown whether it stood leaves its count unknown,
-- and one of a kind nobody knows leaves all of them.
-- key: firm_id, day
-- scope: firm
with stated as (
    select core_firm__ip.* exclude (counted_on, delivery_id, sheet, row_no), day from core_firm__ip
    inner join evaluation_day on counted_on <= day
    qualify row_number() over (partition by firm_id, day order by counted_on desc) = 1
),

standing as (
    select
        firm_id, day, class, is_invention, is_kind_known, applied_on,
        case
            when granted_on is null or granted_on > day or expires_on < day then false
            when is_in_force then true
            -- what has ended by the day of the register, without a day of its end: unknown for the days before
            when not is_in_force and as_of > day then case when expires_on is not null then true end
            when not is_in_force then false
        end as is_standing
    from core_firm__rights
    inner join evaluation_day on coalesce(applied_on, granted_on) <= day
),

counted as (
    select
        firm_id,
        day,
        case when bool_and(is_standing is not null or class is distinct from 1) then count_if(is_standing and class = 1) end
            as ip_class1_count,
        case when bool_and(is_standing is not null or class is distinct from 2) then count_if(is_standing and class = 2) end
            as ip_class2_count,
        case when bool_and(is_standing is not null or not is_invention) then count_if(is_standing and is_invention) end
            as inventions_granted,
        case when bool_and(is_kind_known) then count_if(is_invention and applied_on <= day) end as inventions_applied,
        bool_and(is_kind_known or is_standing is false) as are_kinds_known
    from standing
    group by firm_id, day
)

select * from stated
union all by name
select
    firm_id, day, inventions_applied,
    case when are_kinds_known then ip_class1_count end as ip_class1_count,
    case when are_kinds_known then ip_class2_count end as ip_class2_count,
    case when are_kinds_known then inventions_granted end as inventions_granted
from counted
anti join stated using (firm_id, day)
