-- One row per title that any list known on the day grants: the first and the last such list, and until when a grant may renew one
-- that is older than the first list.
-- key: designation
-- scope: zone
with lists as (
    select
        title.designation,
        coalesce(title.issued_on, title.valid_from) as listed_on,
        max(coalesce(title.valid_to, title.valid_from)) as valid_to
    from core_title as title
    inner join parameter on title.valid_from <= parameter.day
    where title.event in ('granted', 'renewed')
    group by all
)

select
    lists.designation,
    min(lists.listed_on) as first_on,
    max(lists.listed_on) as last_on,
    arg_min(lists.valid_to, lists.listed_on) + any_value(gap.gap_days) as renewals_until
from lists
inner join ref_renewal_gaps as gap using (designation)
group by lists.designation
