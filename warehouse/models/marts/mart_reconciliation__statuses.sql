-- One row per living firm and rung: what the lists say (certified: held, ending within the days of ref_signal_limits, none), what the
-- figures say (computed: the answer of the deciding edition; people where only people decide) and what is known of an application
-- (claimed: applied, not_applied, unknown), and the status the three give together. Statuses are apart: each row has one.
-- kept as: view
-- key: firm_id, designation
-- scope: firm
with compared as (
    select
        rung.*,
        case
            when not rung.is_held then 'none'
            when rung.valid_to <= parameter.day + to_days(limits.title_ending_days_at_most::integer) then 'ending'
            else 'held'
        end as certified,
        case when rung.has_figures then rung.outcome else 'people' end as computed,
        case
            when rung.is_pending then 'applied'
            when rung.is_applied = false then 'not_applied'
            else 'unknown'
        end as claimed
    from core_firm__rungs as rung
    cross join parameter
    cross join ref_signal_limits as limits
)

select
    firm_id,
    firm_key(firm_id) as firm_key,
    designation,
    rank,
    certified,
    computed,
    claimed,
    case
        when certified <> 'none' and computed = 'not_met' then 'name_without_substance'
        when certified = 'ending' then 'title_ending'
        when certified = 'held' then if(computed = 'unknown', 'unknown', 'agrees_held')
        when claimed = 'applied' then 'awaiting'
        when computed in ('met', 'judgement') then 'eligible_not_applied'
        when computed = 'not_met' then 'agrees_none'
        else 'unknown'
    end as status,
    valid_to,
    case when claimed = 'applied' then applied_on end as applied_on,
    edition_id,
    coalesce(closed_condition, condition_id) as condition_id,
    gap,
    gap_unit,
    missing_fact
from compared
