-- One row per stay in a risk set and level of likeness, in the group of like firms that it belongs to (stratum), as far as the features
-- of that level are known; and one per firm, cohort and title in core_firm__cohorts.
-- key: firm_id, designation, entered_on, level
-- scope: zone
select
    stay.firm_id,
    stay.designation,
    stay.entered_on,
    level.level,
    coalesce(nullif(concat_ws(
        '/',
        case when level.by_sector then stay.sector end,
        case when level.by_age then stay.age_band end,
        case when level.by_size then stay.size_band end
    ), ''), level.level) as stratum,
    stay.from_days,
    stay.days,
    stay.cause,
    stay.may_have_begun_earlier,
    level.level_seq,
    level.is_fallback,
    limits.firms_min
from core_rung__stays as stay
cross join ref_time_limits as limits
inner join ref_levels as level
    on (not level.by_sector or stay.sector is not null)
    and (not level.by_age or stay.age_band is not null)
    and (not level.by_size or stay.size_band is not null)
union all by name
select
    cohort.firm_id,
    cohort.designation,
    cohort.entered_on,
    cohort.level,
    cohort.stratum,
    cohort.from_days,
    cohort.days,
    cohort.cause,
    limits.cohort_firms_min as firms_min
from core_firm__cohorts as cohort
cross join ref_time_limits as limits
