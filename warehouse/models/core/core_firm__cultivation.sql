-- One row per firm that is or was in the pool: what it is cultivated for, its state, and the services it was given.
-- key: firm_id
-- scope: firm
with kept as (
    select
        seq,
        stream,
        kind,
        content,
        try_cast(content ->> '$.on' as date) as happened_on
    from event
    where stream like 'pool:%' and withdraws is null
        and seq not in (select undo.withdraws from event as undo where undo.withdraws is not null)
),

membership as (
    select
        stream,
        arg_max(content ->> '$.designation', seq) as designation,
        arg_max(content ->> '$.state', seq) as state,
        arg_max(content ->> '$.phase', seq) as phase,
        count(*) filter (where kind in ('pool.entered', 'pool.returned')) as entries,
        arg_max(happened_on, seq) filter (where kind in ('pool.entered', 'pool.returned')) as entered_on,
        arg_max(happened_on, seq) as last_on,
        arg_max(kind, seq) = 'pool.left' as has_left
    from kept
    group by stream
),

served as (
    select
        firm_id,
        count(*) as services,
        max(given_on) as last_given_on
    from core_firm__services
    group by firm_id
)

select
    firm.firm_id,
    membership.designation,
    membership.state,
    membership.phase,
    membership.entries,
    membership.entered_on,
    case when membership.has_left then membership.last_on end as left_on,
    coalesce(served.services, 0) as services,
    served.last_given_on
from membership
inner join core_firm as firm on membership.stream = 'pool:' || firm.firm_id
left join served on firm.firm_id = served.firm_id
