-- One row per living firm and designation that it holds, meets, could apply for, or has applied for.
-- key: firm_id, designation
-- scope: firm
with held as (
    select held.firm_id, held.designation, held.valid_from, held.valid_to, held.certificate_no
    from core_firm__held as held
    inner join parameter on held.day = parameter.day
),

beside as (
    -- designations beside the ladder have no rung, and no next step
    select held.firm_id, held.designation, verdict.outcome
    from held
    inner join ref_designations as designation using (designation)
    inner join parameter on true
    left join core_tiers__verdicts as verdict
        on held.firm_id = verdict.firm_id and held.designation = verdict.designation and verdict.is_selected
        and parameter.day = verdict.day
    where designation.rank is null
),

titles as (
    select firm_id, designation, outcome, is_pending, is_applied, applied_on from core_firm__rungs
    where is_held or is_pending or (outcome in ('met', 'judgement') and has_figures)
    union all by name
    select firm_id, designation, outcome, false as is_pending from beside
)

select
    titles.firm_id,
    firm_key(titles.firm_id) as firm_key,
    titles.designation,
    designation.zh,
    designation.en,
    designation.rank,
    held.firm_id is not null as is_held,
    titles.outcome,
    held.valid_from,
    held.valid_to,
    held.certificate_no,
    case when titles.is_pending then 'applied' when titles.is_applied = false then 'not_applied' when held.firm_id is null then 'unknown' end as application,
    case when titles.is_pending then titles.applied_on end as applied_on
from titles
inner join core_firm__position as position on titles.firm_id = position.firm_id
inner join parameter on position.day = parameter.day
inner join ref_designations as designation using (designation)
left join held on titles.firm_id = held.firm_id and titles.designation = held.designation
where position.is_living
order by firm_key
