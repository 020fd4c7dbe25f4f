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

like_groups as (
    select groups.*, level.level_seq, level.is_fallback
    from core_rung__groups as groups
    inner join ref_levels as level using (level)
),

-- The group itself, or the finest of those around it that is large enough.
used as (
    select
        groups.designation,
        groups.level,
        groups.stratum,
        wider.level as used_level,
        wider.stratum as used_stratum,
        wider.firms,
        wider.stays,
        wider.stays_may_have_begun_earlier
    from like_groups as groups
    inner join like_groups as wider
        on groups.designation = wider.designation
        and (wider.level = groups.level or (wider.is_fallback and wider.level_seq > groups.level_seq))
        and coalesce(wider.sector = groups.sector, wider.sector is null)
        and coalesce(wider.age_band = groups.age_band, wider.age_band is null)
        and coalesce(wider.size_band = groups.size_band, wider.size_band is null)
    where wider.is_large_enough
    qualify row_number() over (partition by groups.designation, groups.level, groups.stratum order by wider.level_seq) = 1
)

select
    groups.designation,
    groups.stratum,
    groups.level,
    groups.firms as own_firms,
    used.used_level,
    used.used_stratum,
    used.firms,
    used.stays,
    used.stays_may_have_begun_earlier,
    reached.q75_days
from like_groups as groups
left join used using (designation, level, stratum)
left join reached
    on used.designation = reached.designation and used.used_level = reached.level and used.used_stratum = reached.stratum
