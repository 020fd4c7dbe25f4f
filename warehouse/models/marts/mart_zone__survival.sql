-- One row per title, group of like firms and length of stay at which some left, or of full years: the share that stays longer with its
-- interval, and the shares that had risen, lost the title, or been dissolved by then; they add up to 1. A curve ends where few remain.
-- key: designation, level, stratum, days
-- scope: zone
select
    curve.designation,
    designation.zh,
    designation.en,
    designation.rank,
    curve.level,
    level.level_seq,
    level.zh as level_zh,
    level.en as level_en,
    curve.stratum,
    curve.days,
    curve.years,
    curve.firms,
    curve.stays,
    curve.stays_may_have_begun_earlier,
    curve.at_risk,
    curve.exits,
    curve.risen,
    curve.lost,
    curve.dissolved,
    curve.staying_share,
    curve.staying_low,
    curve.staying_high,
    curve.risen_share,
    curve.lost_share,
    curve.dissolved_share
from core_rung__curves as curve
inner join ref_levels as level using (level)
inner join ref_designations as designation using (designation)
order by designation.rank nulls last, curve.designation, level.level_seq desc, curve.stratum, curve.days
