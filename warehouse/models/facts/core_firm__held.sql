-- One row per title a firm holds on an evaluation day. A public notice grants none; a cancellation ends one.
-- key: firm_id, designation, day
-- scope: firm
with granted as (
    select title.*, evaluation_day.day
    from core_title as title
    cross join evaluation_day
    where title.firm_id is not null
        and title.event in ('granted', 'renewed')
        and title.valid_from <= evaluation_day.day
        and (title.valid_to is null or title.valid_to >= evaluation_day.day)
)

select granted.firm_id, granted.designation, granted.day, granted.certificate_no, granted.valid_from, granted.valid_to, granted.title_id
from granted
where not exists (
    select 1 from core_title as cancellation
    where cancellation.firm_id = granted.firm_id
        and cancellation.designation = granted.designation
        and cancellation.event = 'cancelled'
        and cancellation.issued_on between granted.valid_from and granted.day
)
qualify row_number() over (
    partition by granted.firm_id, granted.designation, granted.day order by granted.valid_to desc nulls first, granted.valid_from desc, granted.title_id asc
) = 1
