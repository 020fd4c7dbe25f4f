-- One row per incubator and tenant on the evaluation day; the columns are those of its extract, in order.
-- key: incubator, firm_id
-- scope: firm
-- kept as: whole table
with signals as (
    select
        firm_id,
        string_agg(signal_zh, wording_between_names_zh() order by signal_seq, designation) as signals_zh,
        string_agg(reason_zh, wording_between_notes_zh() order by signal_seq, designation) as reasons_zh
    from mart_movers__signals
    where firm_id in (select tenancy.firm_id from core_firm__tenancies as tenancy where tenancy.is_current)
    group by firm_id
)

select
    tenant.incubator,
    tenant.firm_id,
    firm_key(tenant.firm_id) as firm_key,
    mover.name,
    tenant.entered_on,
    mover.titles_zh,
    mover.met_zh,
    mover.change_zh,
    signals.signals_zh,
    signals.reasons_zh,
    mover.next_zh,
    mover.due_zh,
    mover.due_on,
    round(mover.revenue_y0_fen / 1000000.0, 2) as revenue_wan,
    round(mover.rd_share_y0_pct, 2) as rd_share_pct,
    mover.staff_end_y0
from core_firm__tenancies as tenant
inner join mart_movers__firms as mover using (firm_id)
left join signals on tenant.firm_id = signals.firm_id
where tenant.incubator is not null and tenant.is_current
