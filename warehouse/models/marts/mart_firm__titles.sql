-- One row per list row on a title of a firm: the delivered row.
-- key: firm_id, title_id
-- scope: firm
select
    title.firm_id,
    firm_key(title.firm_id) as firm_key,
    title.title_id,
    title.designation,
    designation.zh,
    designation.en,
    designation.rank,
    title.event,
    title.certificate_no,
    title.granted_on,
    title.valid_from,
    title.valid_to,
    title.or_valid_to,
    title.match_method,
    title.name_as_listed,
    held.title_id is not null as is_held,
    title.delivery_id,
    title.sheet,
    title.row_no
from core_title as title
inner join ref_designations as designation using (designation)
left join (
    select core_firm__held.title_id from core_firm__held inner join parameter using (day)
) as held on title.title_id = held.title_id
where title.firm_id is not null
order by firm_key
