-- One row per right of intellectual property and holder: the newest row of it. Holders are joined by code, else by a name that a
-- single firm has borne.
-- key: firm_id, right_no
-- scope: firm
with held as (
    select stg.*, uscc as firm_id from stg_ip__rights as stg
    where uscc_state = 'ok' and uscc in (select firm_id from core_firm)
    union all by name
    select stg.* exclude (holder), names.firm_id
    from (
        select *, name_norm(unnest(regexp_split_to_array(holders, '[;；、,，|]'))) as holder
        from stg_ip__rights
        where uscc is null
    ) as stg
    inner join (
        select name_norm, any_value(firm_id) as firm_id from core_firm__names
        where kind in ('registered', 'former', 'announced')
        group by name_norm
        having count(distinct firm_id) = 1
    ) as names on stg.holder = names.name_norm
)

select
    held.firm_id,
    held.right_no,
    kinds.kind is not null as is_kind_known,
    kinds.class,
    kinds.is_invention,
    kinds.family,
    held.applied_on,
    held.granted_on,
    held.expires_on,
    case when held.legal_status is null then true else statuses.is_in_force end as is_in_force,
    -- used for a recognition; without a day, as of the register
    coalesce(held.is_used, held.used_on is not null or null) as is_used,
    held.used_on,
    held.as_of,
    held.delivery_id,
    held.sheet,
    held.row_no
from held
left join ref_right_kinds as kinds on name_norm(held.kind) = kinds.kind
left join ref_right_statuses as statuses on name_norm(held.legal_status) = statuses.legal_status
qualify row_number() over (partition by held.firm_id, held.right_no order by held.seq desc, held.row_no desc, held.sheet desc) = 1
