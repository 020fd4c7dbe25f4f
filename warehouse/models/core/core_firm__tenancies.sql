-- Stays in incubators, the newest statement of each.
-- grain: firm_id, incubator, entered_on
select
    firm.firm_id,
    stg.incubator,
    stg.level,
    stg.kind,
    stg.entered_on,
    stg.graduated_on,
    stg.graduation_kind,
    stg.field,
    stg.floor_area_m2,
    stg.status,
    stg.delivery_id,
    stg.row_no
from stg_incubator__tenancies as stg
inner join core_firm as firm using (uscc)
qualify row_number() over (partition by uscc, stg.incubator, stg.entered_on order by seq desc, stg.row_no desc) = 1
