-- One row per title that a list grants a firm, with the day of its cancellation, where one came: on the day of a list that cancels
-- titles of this kind, the first from the day of the grant on.
-- key: title_id
-- scope: firm
select
    title.title_id,
    title.firm_id,
    title.designation,
    title.certificate_no,
    title.valid_from,
    title.valid_to,
    title.or_valid_to,
    min(cancellation.issued_on) as cancelled_on
from core_title as title
left join core_title as cancellation
    on title.firm_id = cancellation.firm_id
    and title.designation = cancellation.designation
    and cancellation.event = 'cancelled'
    and title.valid_from <= cancellation.issued_on
where title.firm_id is not null and title.event in ('granted', 'renewed')
group by all
