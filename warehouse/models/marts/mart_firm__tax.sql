-- One row per firm and tax year: its settlement and R&D deductions, with the delivered rows.
-- key: firm_id, year
-- scope: firm
with origins as (
    select firm_id, year, position, sources[position] as origin
    from (select firm_id, year, sources, unnest(range(1, len(sources) + 1)) as position from core_firm__tax) as positions
),

texts as (
    select
        origins.firm_id,
        origins.year,
        string_agg(corrected_source_text(origin.delivery_id, deliveries.file_name, origin.sheet, origin.row_no), '; ' order by position) as source
    from origins
    inner join deliveries on origin.delivery_id = deliveries.delivery_id
    group by all
)

select
    tax.*,
    firm_key(tax.firm_id) as firm_key,
    texts.source
from core_firm__tax as tax
inner join texts using (firm_id, year)
order by firm_key
