-- One row per title and evaluation day for which its holders are known: a list that grants it was issued by then and may still
-- be valid. Only then does a firm that no list names not hold the title; notices, renamings and expired lists prove nothing.
-- key: designation, day
-- scope: zone
with granted as (
    select
        json_extract_string(deliveries.stated, '$.designation') as designation,
        parse_date(json_extract_string(deliveries.stated, '$.issued_on')) as issued_on
    from deliveries
    inner join ref_list_events as list_event on json_extract_string(deliveries.stated, '$.event') = list_event.event_text
    where list_event.event = 'granted'
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
