-- One row per day between which flows can be asked of a release: its evaluation days, and the year ends before them. is_covered: whether
-- the holders of every rung that had a list by then are known of the day, by a list that may still be valid, as in core_title__stated.
-- Of another day a firm that no list names may hold a rung.
-- key: day
-- scope: zone
with days as (
    select day from evaluation_day
    union
    select make_date(year(parameter.day)::bigint - ago.years, 12, 31) as day
    from parameter
    cross join ref_time_limits as limits
    cross join lateral (select unnest(range(1, limits.cohort_years + 1)) as years) as ago
),

granted as (
    select
        json_extract_string(deliveries.stated, '$.designation') as designation,
        parse_date(json_extract_string(deliveries.stated, '$.issued_on')) as issued_on
    from deliveries
    inner join ref_list_events as list_event on json_extract_string(deliveries.stated, '$.event') = list_event.event_text
    where list_event.event = 'granted'
),

valid as (
    select
        granted.designation,
        granted.issued_on,
        case
            when validity.designation is null then date '9999-12-31'
            else greatest(
                last_valid_day(granted.issued_on, validity.is_year_end, validity.years),
                last_valid_day_otherwise(granted.issued_on, validity.or_until)
            )
        end as until
    from granted
    left join core_title__validity as validity
        on granted.designation = validity.designation
        and granted.issued_on >= validity.in_force_from
        and (validity.in_force_to is null or granted.issued_on <= validity.in_force_to)
),

stated as (
    select distinct valid.designation, days.day from valid
    inner join days on valid.issued_on <= days.day and valid.until >= days.day
),

listed as (
    select lists.designation, lists.first_on from core_rung__lists as lists
    inner join ref_designations as designation using (designation)
    where designation.rank is not null
)

select
    days.day,
    count(listed.designation) as listed_rungs,
    listed_rungs > 0 and listed_rungs = count(stated.designation) as is_covered
from days
left join listed on days.day >= listed.first_on
left join stated on listed.designation = stated.designation and days.day = stated.day
group by days.day
