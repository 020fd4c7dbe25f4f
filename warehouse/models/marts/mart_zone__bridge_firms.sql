-- One row per target not yet due and firm that may count for it, in one bar: held, or in the year granted; ending before the
-- target is due; applied; eligible; near_miss. low, expected and high: what the firm contributes, by its odds.
-- kept as: view
-- key: zone, measure, year, firm_id
-- scope: firm
with target as (
    select target.*, measure.kind, measure.designation
    from core_target as target
    inner join ref_measures as measure using (measure)
    inner join parameter on target.due_on >= parameter.day
    where measure.kind in ('stock', 'new')
),

living as (
    select position.firm_id from core_firm__position as position
    inner join parameter using (day)
    where position.is_living
),

held as (
    select held.firm_id, held.designation, held.valid_to from core_firm__held as held inner join parameter using (day)
),

first_grant as (
    select title.firm_id, title.designation, min(title.valid_from) as granted_on
    from core_title as title
    inner join parameter on title.valid_from <= parameter.day
    where title.firm_id is not null and title.event in ('granted', 'renewed')
    group by all
),

application as (
    select firm_id, designation from core_firm__applications where is_applied
),

verdict as (
    select verdict.* from core_tiers__ladder_verdicts as verdict inner join parameter using (day)
),

near as (
    select firm_id, designation from core_firm__signals where signal = 'near_miss'
),

-- The firms that may be in a bar: far fewer than all firms for each target.
possible as (
    select firm_id, designation from held
    union
    select firm_id, designation from first_grant
    union
    select firm_id, designation from application
    union
    select firm_id, designation from verdict where outcome in ('met', 'judgement')
    union
    select firm_id, designation from near
),

candidate as (
    select
        target.zone,
        target.measure,
        target.year,
        target.kind,
        target.designation,
        living.firm_id,
        verdict.outcome,
        verdict.edition_id,
        verdict.deciding_condition,
        verdict.deciding_gap,
        verdict.gap_unit,
        held.valid_to,
        case
            when target.kind = 'stock' and held.firm_id is not null
                then case when held.valid_to < target.due_on then 'ending' else 'held' end
            when target.kind = 'new' and first_grant.firm_id is not null
                then case when year(first_grant.granted_on) = target.year then 'granted' end
            when application.firm_id is not null then 'applied'
            when verdict.outcome in ('met', 'judgement') and coalesce(edition.has_figures, true) then 'eligible'
            when near.firm_id is not null then 'near_miss'
        end as bar
    from target
    inner join possible on target.designation = possible.designation
    inner join living on possible.firm_id = living.firm_id
    left join held on living.firm_id = held.firm_id and target.designation = held.designation
    left join first_grant on living.firm_id = first_grant.firm_id and target.designation = first_grant.designation
    left join application
        on living.firm_id = application.firm_id and target.designation = application.designation
    left join verdict
        on living.firm_id = verdict.firm_id and target.designation = verdict.designation
    left join ref_editions as edition on verdict.edition_id = edition.edition_id
    left join near
        on living.firm_id = near.firm_id and target.designation = near.designation
)

select
    candidate.zone,
    candidate.measure,
    candidate.year,
    candidate.firm_id,
    firm_key(candidate.firm_id) as firm_key,
    firm.name,
    candidate.designation,
    candidate.bar,
    odds.odds,
    case
        when candidate.bar in ('held', 'granted') then 1.0
        when candidate.bar = 'ending' then 1 - coalesce(odds.high, 1)
        else coalesce(odds.low, 0)
    end as low,
    case
        when candidate.bar in ('held', 'granted') then 1.0
        when candidate.bar = 'ending' then 1 - odds.odds
        else odds.odds
    end as expected,
    case
        when candidate.bar in ('held', 'granted') then 1.0
        when candidate.bar = 'ending' then 1 - coalesce(odds.low, 0)
        else coalesce(odds.high, 1)
    end as high,
    candidate.valid_to,
    candidate.outcome,
    candidate.edition_id,
    candidate.deciding_condition,
    condition.zh as condition_zh,
    condition.en as condition_en,
    candidate.deciding_gap,
    coalesce(gap_zh(candidate.deciding_gap, candidate.gap_unit), '') as gap_zh,
    coalesce(gap_en(candidate.deciding_gap, candidate.gap_unit), '') as gap_en
from candidate
inner join core_firm as firm using (firm_id)
left join core_firm__odds as odds
    on candidate.firm_id = odds.firm_id
    and candidate.designation = odds.designation
    and case candidate.bar when 'ending' then 'lose' else 'reach' end = odds.kind
left join ref_conditions as condition
    on candidate.edition_id = condition.edition_id and candidate.deciding_condition = condition.condition_id
where candidate.bar is not null
