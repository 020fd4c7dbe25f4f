-- One row per title and group of like firms: how long three quarters (ref_time_limits) of like firms stay in the rung at most, by the
-- curve of the group or, where it is too small, of the finest larger one around it (used_level, used_stratum). q75_days is null
-- where no group is large enough, or where its curve does not come down to the last quarter.
-- key: designation, stratum
-- scope: zone
with reached as (
    -- a share that is exactly the last quarter counts, whatever the last digit of the product
    select designation, level, stratum, min(days) as q75_days
    from core_rung__curves
    cross join ref_time_limits as limits
    where round(staying_share, 9) <= round(1 - limits.quantile, 9)
    group by all
),

-- The groups around a group are those its members belong to at the coarser levels.
around as (
    select distinct
        member.designation,
        member.level,
        member.stratum,
        wider.level as used_level,
        wider.stratum as used_stratum
    from core_rung__risk_sets as member
    inner join core_rung__risk_sets as wider using (firm_id, designation, entered_on)
    inner join core_rung__groups as wider_group
        on wider.designation = wider_group.designation
        and wider.level = wider_group.level
        and wider.stratum = wider_group.stratum
        and wider_group.is_large_enough
    where member.level_seq is not null
        and (wider.level = member.level or (wider.is_fallback and wider.level_seq > member.level_seq))
    qualify row_number() over (
        partition by member.designation, member.level, member.stratum order by wider.level_seq
    ) = 1
)

select
    groups.designation,
    groups.stratum,
    level.level,
    groups.firms as own_firms,
    around.used_level,
    around.used_stratum,
    used.firms,
    used.stays_may_have_begun_earlier,
    used.stays,
    reached.q75_days
from core_rung__groups as groups
inner join ref_levels as level using (level)
left join around using (designation, level, stratum)
left join core_rung__groups as used
    on around.designation = used.designation and around.used_level = used.level and around.used_stratum = used.stratum
left join reached
    on around.designation = reached.designation and around.used_level = reached.level and around.used_stratum = reached.stratum
