-- One row per firm that is or was in the pool, as the fold of its events has it: what it is cultivated for, its state, what is
-- due next, and the services it was given.
-- key: firm_id
-- scope: firm
with served as (
    select
        firm_id,
        count(*) as services,
        max(given_on) as last_given_on
    from core_firm__services
    group by firm_id
)

select
    firm.firm_id,
    member.designation,
    member.state,
    member.phase,
    member.entries,
    member.entered_on,
    member.left_on,
    member.due_step,
    member.due_on,
    coalesce(served.services, 0) as services,
    served.last_given_on
from case_member as member
inner join core_firm as firm on member.firm_id = firm.firm_id
left join served on firm.firm_id = served.firm_id
