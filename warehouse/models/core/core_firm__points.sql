-- One row per delivered row of points that experts gave to an application of a firm.
-- key: firm_id, year, delivery_id, sheet, row_no
-- scope: firm
select
    firm.firm_id,
    stg.* exclude (uscc, name, name_norm, form_year, uscc_state)
from stg_expert__points as stg
inner join core_firm as firm using (uscc)
where stg.year is not null
