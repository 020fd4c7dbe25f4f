-- One row per cohort (level: of a year of founding, or of a first title and its year), title and number of years: the share of the cohort
-- that had reached the title by then, and that had been dissolved without it, among firms at risk; only while enough are at risk.
-- key: level, stratum, designation, years
-- scope: zone
with cohort as (
    select distinct level, stratum, first_designation, cohort_year from core_rung__cohorts
)

select
    curve.level,
    cohort.first_designation,
    first_title.zh as first_zh,
    first_title.en as first_en,
    cohort.cohort_year,
    curve.stratum,
    curve.designation,
    designation.zh,
    designation.en,
    designation.rank,
    curve.years,
    curve.firms,
    curve.at_risk,
    (sum(curve.risen) over so_far)::bigint as reached,
    curve.risen_share as reached_share,
    curve.dissolved_share
from core_rung__curves as curve
inner join cohort on curve.level = cohort.level and curve.stratum = cohort.stratum
inner join ref_designations as designation using (designation)
left join ref_designations as first_title on cohort.first_designation = first_title.designation
window so_far as (
    partition by curve.level, curve.stratum, curve.designation order by curve.days asc rows between unbounded preceding and current row
)
qualify curve.years is not null
order by curve.level, curve.stratum, designation.rank nulls last, curve.designation, curve.years
