-- One row per firm and year: its figures, with the delivered rows they come from.
-- key: firm_id, year
-- scope: firm
with origins as (
    select firm_id, year, position, sources[position] as origin, len(sources) as origins
    from (select firm_id, year, sources, unnest(range(1, len(sources) + 1)) as position from core_firm__yearly) as positions
),

rendered as (
    select
        origins.firm_id,
        origins.year,
        origins.position,
        origins.origins,
        corrected_source_text(origin.delivery_id, deliveries.file_name, origin.sheet, origin.row_no)
        || unit_factor_text(origin.unit_factor) as source
    from origins
    inner join deliveries on origin.delivery_id = deliveries.delivery_id
),

-- most figures come from one row, whose text needs no aggregation in order
texts as (
    select firm_id, year, source from rendered where origins = 1
    union all
    select firm_id, year, string_agg(source, '; ' order by position) as source from rendered
    where origins > 1
    group by all
)

select
    yearly.firm_id,
    firm_key(yearly.firm_id) as firm_key,
    yearly.year,
    yearly.revenue_fen,
    yearly.rd_account_fen,
    yearly.rd_tax_fen,
    yearly.rd_hnte_fen,
    yearly.staff_end,
    yearly.net_profit_fen,
    yearly.sources,
    texts.source,
    yearly.basis
from core_firm__yearly as yearly
inner join texts using (firm_id, year)
order by firm_key
