-- One row per title a firm holds on an evaluation day. A public notice grants none; a cancellation ends one.
-- key: firm_id, designation, day
-- scope: firm
select
    granted.firm_id,
    granted.designation,
    evaluation_day.day,
    granted.certificate_no,
    granted.valid_from,
    granted.valid_to,
    granted.title_id
from core_title__granted as granted
cross join evaluation_day
where granted.valid_from <= evaluation_day.day
    and (granted.valid_to is null or granted.valid_to >= evaluation_day.day)
    and (granted.cancelled_on is null or granted.cancelled_on > evaluation_day.day)
qualify row_number() over (
    partition by granted.firm_id, granted.designation, evaluation_day.day
    order by granted.valid_to desc nulls first, granted.valid_from desc, granted.title_id asc
) = 1
