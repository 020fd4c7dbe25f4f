-- One row per title, cohort (level and stratum) and first and last day at risk of its firms: how many there are, and what ended it: they
-- reached the title (risen), were dissolved without it, or are only known that far. A firm is at risk from the first list of the title
-- on, so that a cohort older than the lists is not taken for firms that reached nothing.
-- key: designation, level, stratum, from_days, days, cause
-- scope: zone
with ended as (
    select
        origin.*,
        case
            when origin.reached_on <= origin.known_until then 'risen'
            when origin.is_dissolved then 'dissolved'
            else ''
        end as cause,
        least(origin.reached_on, origin.known_until) - origin.origin_on as days,
        greatest(lists.first_on - origin.origin_on, 0) as from_days
    from core_firm__origins as origin
    inner join core_rung__lists as lists using (designation)
)

select designation, level, stratum, first_designation, cohort_year, from_days, days, cause, count(*) as stays, count(*) as firms
from ended
where days > from_days
group by designation, level, stratum, first_designation, cohort_year, from_days, days, cause
