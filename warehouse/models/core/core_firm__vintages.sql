-- One row per filed report of a firm and year, numbered in the order received, with the flags withdrawn and in force.
-- key: firm_id, year, vintage
-- scope: firm
select
    firm.firm_id,
    filed.year,
    row_number() over received as vintage,
    filed.is_withdrawn,
    lead(filed.row_no) over received is null and not filed.is_withdrawn as is_standing,
    filed.revenue_fen,
    filed.rd_account_fen,
    filed.rd_tax_fen,
    filed.rd_hnte_fen,
    filed.total_assets_fen,
    filed.net_profit_fen,
    filed.staff_end,
    deliveries.received_at,
    filed.delivery_id,
    filed.sheet,
    filed.row_no
from stg_zone__yearly as filed
inner join core_firm as firm using (uscc)
inner join deliveries on filed.delivery_id = deliveries.delivery_id
window received as (partition by firm.firm_id, filed.year order by filed.seq, filed.row_no, filed.sheet)
