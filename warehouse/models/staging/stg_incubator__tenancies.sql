-- Tenants of an incubator, typed. Every row that was loaded; checks take out what fails.
-- grain: delivery_id, sheet, row_no
select
    incubator,
    level,
    kind,
    name,
    name_norm(name) as name_norm,
    upper(trim(uscc)) as uscc,
    a_date(entered_on) as entered_on,
    a_date(graduated_on) as graduated_on,
    graduation_kind,
    field,
    a_number(floor_area_m2) as floor_area_m2,
    status,
    a_date(as_of) as as_of,
    uscc_state,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_incubator__tenancies
