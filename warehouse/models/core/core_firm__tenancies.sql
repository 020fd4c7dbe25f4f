-- One row per stay of a firm in an incubator: the newest row of it. is_current: the newest list of that incubator that names the firm
-- says, by its days and its state on the evaluation day, that the stay goes on; an older row never brings back who has left.
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
    coalesce(stg.entered_on <= parameter.day, false)
    and coalesce(stg.graduated_on > parameter.day, true)
    and coalesce(ref_tenancy_statuses.is_tenant, true)
    and row_number() over (
        partition by match.firm_id, stg.incubator order by stg.as_of desc, stg.seq desc, stg.entered_on desc nulls last, stg.row_no desc, stg.sheet desc
    ) = 1 as is_current,
    stg.delivery_id,
    stg.sheet,
    stg.row_no
from stg_incubator__tenancies as stg
inner join core_mention__match as match
    on mention_key(stg.delivery_id, stg.sheet, stg.row_no) = match.mention_id
cross join parameter
left join ref_tenancy_statuses on stg.status = ref_tenancy_statuses.status_text
where match.firm_id is not null
qualify row_number() over (partition by match.firm_id, stg.incubator, stg.entered_on order by seq desc, stg.row_no desc, stg.sheet desc) = 1
