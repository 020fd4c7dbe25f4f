-- One row per title and group of like firms or cohort: how many they are, and whether they are enough for a curve (ref_time_limits).
-- key: designation, level, stratum
-- scope: zone
with members as (
    select stays.*, limits.firms_min from core_rung__stays as stays
    cross join ref_time_limits as limits
    union all by name
    select cohorts.*, limits.cohort_firms_min as firms_min from core_rung__cohorts as cohorts
    cross join ref_time_limits as limits
)

select
    designation,
    level,
    stratum,
    any_value(sector) as sector,
    any_value(age_band) as age_band,
    any_value(size_band) as size_band,
    sum(firms)::bigint as firms,
    sum(stays)::bigint as stays,
    sum(stays_may_have_begun_earlier)::bigint as stays_may_have_begun_earlier,
    sum(firms) >= any_value(firms_min) as is_large_enough
from members
group by designation, level, stratum
