-- One row per title and group of like firms or cohort: how many they are, and whether they are enough for a curve (ref_time_limits).
-- key: designation, level, stratum
-- scope: zone
select
    designation,
    level,
    stratum,
    any_value(level_seq) as level_seq,
    any_value(is_fallback) as is_fallback,
    count(distinct firm_id) as firms,
    count(*) as stays,
    count(*) filter (where may_have_begun_earlier) as stays_may_have_begun_earlier,
    count(distinct firm_id) >= any_value(firms_min) as is_large_enough
from core_rung__risk_sets
group by designation, level, stratum
