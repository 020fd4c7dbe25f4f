-- One row per firm and counting day: its newest stated counts of intellectual property.
-- key: firm_id, counted_on
-- scope: firm
select
    firm.firm_id,
    stg.* exclude (uscc, name, name_norm, as_of, uscc_state, seq)
from stg_ip__counts as stg
inner join core_firm as firm using (uscc)
qualify row_number() over (partition by uscc, counted_on order by seq desc, stg.row_no desc, stg.sheet desc) = 1
