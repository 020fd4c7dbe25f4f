-- One row per cause that can hold a release: the firms whose position it changed since the release before, their share of the firms
-- of that release, and the limit. No row where nothing was compared.
-- key: cause
-- scope: zone
with changed as (
    select comparison, cause, count(distinct firm_id) as firms from core_firm__ledger_parts
    where moved <> 0
    group by all
)

select
    gate.cause,
    cause.zh,
    cause.en,
    comparison.against_run,
    coalesce(changed.firms, 0) as changed_firms,
    comparison.firms_from,
    gate.share_max,
    gate.firms_min,
    changed_firms >= gate.firms_min and changed_firms > gate.share_max * comparison.firms_from as is_over,
    gate.why_zh,
    gate.why_en
from position_comparison as comparison
cross join ref_gate as gate
inner join ref_causes as cause on gate.cause = cause.cause
left join changed on comparison.comparison = changed.comparison and gate.cause = changed.cause
where comparison.against_run is not null and comparison.missing is null
