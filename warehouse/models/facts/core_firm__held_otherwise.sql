-- One row per title that is valid on an evaluation day by the second reading of its term only; a cancellation ends it too.
-- key: firm_id, designation, day
-- scope: firm
select distinct title.firm_id, title.designation, evaluation_day.day
from core_title as title
inner join evaluation_day on title.valid_to < evaluation_day.day and title.or_valid_to >= evaluation_day.day
where title.firm_id is not null
    and title.event in ('granted', 'renewed')
    and not exists (
        select 1 from core_title as cancellation
        where cancellation.firm_id = title.firm_id
            and cancellation.designation = title.designation
            and cancellation.event = 'cancelled'
            and cancellation.issued_on between title.valid_from and evaluation_day.day
    )
