-- One row per firm and year: its newest declaration to the zone.
-- key: firm_id, year
-- scope: firm
select
    firm.firm_id,
    stg.* exclude (uscc, name, name_norm, form_year, uscc_state, seq)
from stg_zone__declarations as stg
inner join core_firm as firm using (uscc)
qualify row_number() over (partition by uscc, year order by seq desc, stg.row_no desc, stg.sheet desc) = 1
