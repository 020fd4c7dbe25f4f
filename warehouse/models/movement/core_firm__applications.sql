-- One row per firm and designation of which a feed says that the firm applied, or that it did not. A public notice or a
-- self-evaluation tells an application, and so does the casebook of one that was filed, until it is refused or withdrawn; where
-- nothing speaks of one it is unknown, and there is no row.
-- key: firm_id, designation
-- scope: firm
with stated as (
    select title.firm_id, title.designation, title.issued_on as applied_on, true as is_applied
    from core_title as title
    inner join parameter on title.issued_on <= parameter.day
    cross join ref_signal_limits as limits
    where title.firm_id is not null and title.event = 'notice'
        and title.issued_on >= parameter.day - to_days(limits.eligible_not_applied_application_days_at_most::integer)
    union all by name
    select filings.firm_id, filings.designation, filings.filed_on as applied_on, not filings.is_not_filed as is_applied
    from core_firm__filings as filings
    inner join parameter on filings.year = year(parameter.day)
    where filings.filing = 'self_evaluation' and (filings.is_not_filed or filings.filed_on <= parameter.day)
    union all by name
    select filed.firm_id, filed.designation, filed.filed_on as applied_on, filed.state in ('filed', 'granted') as is_applied
    from case_application as filed
    inner join core_firm using (firm_id)
    inner join parameter on filed.filed_on <= parameter.day
    cross join ref_signal_limits as limits
    where filed.filed_on >= parameter.day - to_days(limits.eligible_not_applied_application_days_at_most::integer)
)

select firm_id, designation, bool_or(is_applied) as is_applied, max(applied_on) filter (where is_applied) as applied_on
from stated
group by firm_id, designation
