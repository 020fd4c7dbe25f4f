-- One row per kind of cohort, its year, title reached and years since, over the zones that compare the same two days.
-- key: level, first_designation, cohort_year, designation, years
-- scope: zone
select
    cohort.level,
    cohort.first_designation,
    cohort.first_zh,
    cohort.first_en,
    cohort.cohort_year,
    cohort.designation,
    cohort.zh,
    cohort.en,
    cohort.rank,
    cohort.years,
    count(*) as zones,
    sum(cohort.firms)::bigint as firms,
    sum(cohort.reached)::bigint as reached,
    sum(cohort.reached) / nullif(sum(cohort.firms), 0) as reached_share,
    wilson_bound(sum(cohort.reached), sum(cohort.firms), -getvariable('z')) as reached_low,
    wilson_bound(sum(cohort.reached), sum(cohort.firms), getvariable('z')) as reached_high
from mart_zone__cohorts as cohort
inner join zone using (zone)
where zone.day = getvariable('day') and zone.previous_day = getvariable('previous_day')
group by all
order by cohort.level, cohort.first_designation, cohort.cohort_year, cohort.rank, cohort.years
