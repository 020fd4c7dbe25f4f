-- One row per firm that is a tenant on the evaluation day: the incubator it entered last.
-- key: firm_id
-- scope: firm
select firm_id, incubator
from core_firm__tenancies
where is_current and incubator is not null
qualify row_number() over (partition by firm_id order by entered_on desc, incubator asc) = 1
