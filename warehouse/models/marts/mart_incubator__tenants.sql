-- One row per incubator and tenant on the evaluation day; the columns are those of its extract, in order.
-- key: incubator, firm_id
-- scope: firm
select
    tenant.incubator,
    tenant.firm_id,
    mover.name,
    tenant.entered_on,
    mover.held_zh,
    mover.met_zh,
    mover.eligible_zh,
    mover.movement_zh,
    mover.reason_zh,
    next_rung.zh as next_zh,
    mover.next_condition_zh,
    mover.next_gap_zh,
    mover.missing_zh,
    mover.due_on,
    round(mover.revenue_y0_fen / 1000000.0, 2) as revenue_wan,
    round(mover.rd_share_y0_pct, 2) as rd_share_pct,
    mover.staff_end_y0
from core_firm__tenancies as tenant
inner join mart_movers__firms as mover using (firm_id)
left join ref_designations as next_rung on mover.next_designation = next_rung.designation
where tenant.incubator is not null and tenant.is_current
