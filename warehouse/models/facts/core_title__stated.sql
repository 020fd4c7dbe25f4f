-- Titles of which it is told who holds them on an evaluation day: a list that grants them was issued by then, and what it
-- grants may still hold. A public notice, a renaming or a list of years ago says nothing of a firm that it does not name.
-- key: designation, day
-- scope: zone
with granted as (
    select
        json_extract_string(deliveries.stated, '$.designation') as designation,
        a_date(json_extract_string(deliveries.stated, '$.issued_on')) as issued_on
    from deliveries
    inner join ref_list_events as said on json_extract_string(deliveries.stated, '$.event') = said.event_text
    where said.event = 'granted'
)

select distinct granted.designation, evaluation_day.day
from granted
inner join evaluation_day on granted.issued_on <= evaluation_day.day
left join core_title__validity as validity
    on granted.designation = validity.designation
    and granted.issued_on >= validity.in_force_from
    and (validity.in_force_to is null or granted.issued_on <= validity.in_force_to)
where validity.designation is null
    or evaluation_day.day <= greatest(
        last_valid_day(granted.issued_on, validity.is_year_end, validity.years),
        last_valid_day_otherwise(granted.issued_on, validity.or_until)
    )
