-- Titles that on an evaluation day are valid by the second reading of their text alone; a cancellation ends one by either.
-- key: firm_id, designation, day
-- scope: firm
select distinct title.firm_id, title.designation, evaluation_day.day
from core_title as title
inner join evaluation_day on title.valid_to < evaluation_day.day and title.or_valid_to >= evaluation_day.day
where title.firm_id is not null
    and title.event in ('granted', 'renewed')
    and not exists (
        select 1 from core_title as ended
        where ended.firm_id = title.firm_id
            and ended.designation = title.designation
            and ended.event = 'cancelled'
            and ended.issued_on between title.valid_from and evaluation_day.day
    )
