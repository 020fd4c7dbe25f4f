-- One row per firm and change or move that it reported, or failed to.
-- key: firm_id, change_kind, changed_on
-- scope: firm
select
    firm.firm_id,
    kinds.change_kind,
    stg.change,
    stg.changed_on,
    stg.reported_on,
    stg.still_meets,
    stg.completed_on,
    stg.delivery_id,
    stg.sheet,
    stg.row_no
from stg_report__changes as stg
inner join core_firm as firm using (uscc)
inner join ref_change_kinds as kinds on name_norm(stg.change) = kinds.change_text
qualify
    row_number() over (partition by firm.firm_id, kinds.change_kind, stg.changed_on order by seq desc, stg.row_no desc, stg.sheet desc) = 1
