-- One row per stay of a firm in an incubator: the newest row of it.
-- key: firm_id, incubator, entered_on
-- scope: firm
select
    match.firm_id,
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
    stg.sheet,
    stg.row_no
from stg_incubator__tenancies as stg
inner join core_mention__match as match
    on mention_key(stg.delivery_id, stg.sheet, stg.row_no) = match.mention_id
where match.firm_id is not null
qualify row_number() over (partition by match.firm_id, stg.incubator, stg.entered_on order by seq desc, stg.row_no desc, stg.sheet desc) = 1
