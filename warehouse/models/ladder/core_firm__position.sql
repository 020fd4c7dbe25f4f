-- One row per firm and evaluation day: the ranks of the highest rung held, met, and met or left to judgement.
-- key: firm_id, day
-- scope: firm
with held as (
    select firm_id, day, max(rank) as held_rank
    from core_firm__held
    inner join ref_designations using (designation)
    where rank is not null
    group by all
),

verdict_ranks as (
    select
        firm_id,
        day,
        max(rank) filter (where outcome = 'met') as met_rank,
        max(rank) filter (where outcome in ('met', 'judgement')) as eligible_rank
    from core_tiers__ladder_verdicts
    group by all
)

select
    facts.firm_id,
    facts.day,
    coalesce(facts.is_living, true) as is_living,
    coalesce(held.held_rank, 0) as held_rank,
    coalesce(verdict_ranks.met_rank, 0) as met_rank,
    coalesce(verdict_ranks.eligible_rank, 0) as eligible_rank
from core_firm__facts as facts
left join held using (firm_id, day)
left join verdict_ranks using (firm_id, day)
