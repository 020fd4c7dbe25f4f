-- One row per firm, title and unbroken time of holding it by the lists known on the day: grants that follow on are joined. until:
-- the first day on which it is no longer held, null without an end; seen_on: the newest list in it; settled_until: the last valid day
-- of the first grant whose renewal is known before the time in which other firms may still renew theirs is over.
-- key: firm_id, designation, entered_on
-- scope: firm
with cancellation as (
    select firm_id, designation, issued_on as cancelled_on
    from core_title
    inner join parameter on core_title.issued_on <= parameter.day
    where event = 'cancelled' and firm_id is not null
),

-- As in core_firm__held, a cancellation ends every grant before it.
granted as (
    select
        title.firm_id,
        title.designation,
        title.title_id,
        title.valid_from,
        title.event,
        coalesce(title.issued_on, title.valid_from) as listed_on,
        greatest(coalesce(title.valid_to + 1, date '9999-12-31'), title.valid_from) as ends_on,
        min(cancellation.cancelled_on) as cancelled_on
    from core_title as title
    inner join parameter on title.valid_from <= parameter.day
    left join cancellation
        on title.firm_id = cancellation.firm_id
        and title.designation = cancellation.designation
        and title.valid_from <= cancellation.cancelled_on
    where title.firm_id is not null and title.event in ('granted', 'renewed')
    group by all
),

ended as (
    select
        * exclude (ends_on, cancelled_on),
        least(ends_on, coalesce(cancelled_on, ends_on)) as ends_on,
        coalesce(cancelled_on < ends_on, false) as is_revoked
    from granted
),

ordered as (
    select
        *,
        max(ends_on) over earlier as earlier_end,
        arg_max(is_revoked, ends_on) over earlier as is_after_revocation
    from ended
    window
        earlier as (
            partition by firm_id, designation order by valid_from asc, title_id asc rows between unbounded preceding and 1 preceding
        )
),

-- A grant after a revocation, or later than a renewal may come, begins a new time.
numbered as (
    select
        ordered.*,
        case
            when ordered.earlier_end <= parameter.day and ordered.earlier_end + gap.gap_days > parameter.day + 1 then ordered.earlier_end - 1
        end as settled_until,
        count(*) filter (
            where ordered.earlier_end is null
            or ordered.valid_from > ordered.earlier_end + case when ordered.is_after_revocation then 0 else gap.gap_days - 1 end
        ) over (partition by ordered.firm_id, ordered.designation order by ordered.valid_from asc, ordered.title_id asc) as term_no
    from ordered
    inner join ref_renewal_gaps as gap using (designation)
    cross join parameter
)

select
    firm_id,
    designation,
    min(valid_from) as entered_on,
    nullif(max(ends_on), date '9999-12-31') as until,
    arg_max(is_revoked, ends_on) as is_revoked,
    min(listed_on) as first_listed_on,
    max(valid_from) as seen_on,
    min(settled_until) as settled_until,
    arg_min(event, (valid_from, title_id)) = 'renewed' as begins_renewed
from numbered
group by firm_id, designation, term_no
