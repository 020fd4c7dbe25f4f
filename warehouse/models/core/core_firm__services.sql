-- One row per service given to a firm, by its events in the casebook: when, for which condition, and its newest outcome.
-- key: firm_id, given_seq
-- scope: firm
with kept as (
    select * from event
    where withdraws is null and seq not in (select undo.withdraws from event as undo where undo.withdraws is not null)
),

assessed as (
    select
        stream,
        content ->> '$.outcome' as outcome,
        try_cast(content ->> '$.on' as date) as outcome_on
    from kept
    where kind = 'service.assessed'
    qualify row_number() over (partition by stream order by seq desc) = 1
)

select
    firm.firm_id,
    given.seq as given_seq,
    given.content ->> '$.service' as service,
    try_cast(given.content ->> '$.on' as date) as given_on,
    given.content ->> '$.designation' as designation,
    given.content ->> '$.condition_id' as condition_id,
    assessed.outcome,
    assessed.outcome_on
from kept as given
inner join core_firm as firm on given.content ->> '$.firm' = firm.firm_id
left join assessed on given.stream = assessed.stream
where given.kind = 'service.given'
