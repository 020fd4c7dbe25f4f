-- Titles valid on each evaluation day. A public notice never gives one; a cancellation ends one.
-- key: firm_id, designation, day
-- scope: firm
with given as (
    select title.*, evaluation_day.day
    from core_title as title
    cross join evaluation_day
    where title.firm_id is not null
        and title.event in ('granted', 'renewed')
        and title.valid_from <= evaluation_day.day
        and (title.valid_to is null or title.valid_to >= evaluation_day.day)
)

select given.firm_id, given.designation, given.day, given.certificate_no, given.valid_from, given.valid_to, given.title_id
from given
where not exists (
    select 1 from core_title as ended
    where ended.firm_id = given.firm_id
        and ended.designation = given.designation
        and ended.event = 'cancelled'
        and ended.issued_on between given.valid_from and given.day
)
qualify row_number() over (
    partition by given.firm_id, given.designation, given.day order by given.valid_to desc nulls first, given.valid_from desc, given.title_id asc
) = 1
