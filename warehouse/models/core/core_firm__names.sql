-- Every name a firm is or was known by, with the days on which it may have borne it; an open end is unknown.
-- key: firm_id, name_norm, kind
-- scope: firm
with former_listed as (
    select
        uscc as firm_id,
        unnest(regexp_split_to_array(former_names, '[;；、,，|]')) as name,
        as_of,
        delivery_id,
        sheet,
        row_no
    from stg_registry__firms
    where former_names is not null and uscc in (select firm_id from core_firm)
),

told as (
    select
        told.firm_id, told.name_norm, told.name,
        case when told.name_norm = core_firm.name_norm then 'registered' else 'former' end as kind,
        told.valid_from,
        case when told.name_norm = core_firm.name_norm then null else told.valid_to end as valid_to,
        told.feed, told.delivery_id, told.sheet, told.row_no
    from core_firm__names_stated as told
    inner join core_firm using (firm_id)
    union all by name
    select firm_id, name_norm(name) as name_norm, name, 'former' as kind, as_of as valid_to, 'registry__firms' as feed, delivery_id, sheet, row_no
    from former_listed
    union all by name
    select firm_id, former_name_norm as name_norm, former_name_norm as name, 'former' as kind, renamed_on as valid_to, feed, delivery_id, sheet, row_no
    from core_firm__renamings
    union all by name
    select firm_id, name_norm, name, 'announced' as kind, feed, delivery_id, sheet, row_no
    from core_firm__renamings
    union all by name
    select share.firm_id, name_norm(stg.short_name) as name_norm, stg.short_name as name, 'short' as kind, 'listed__index' as feed,
        stg.delivery_id, stg.sheet, stg.row_no
    from stg_listed__index as stg
    inner join core_firm__shares as share
        on stg.stock_code = share.stock_code and stg.reported_on between share.held_from and share.held_to
    where stg.short_name is not null
    union all by name
    select
        core_firm.firm_id, said.subject[6:] as name_norm, said.subject[6:] as name, 'as_listed' as kind,
        'statement' as feed, said.statement_id::varchar as delivery_id
    from statement_standing as said
    inner join core_firm on said.content ->> 'firm' = core_firm.firm_id
    where said.kind = 'join' and starts_with(said.subject, 'name:')
),

ranked as (
    select
        *,
        case kind when 'registered' then 1 when 'former' then 2 when 'announced' then 3 when 'as_listed' then 4 else 5 end as preference
    from told
    where name_norm <> ''
),

merged as (
    select
        firm_id,
        name_norm,
        case when preference <= 3 then 'full' else kind end as family,
        first(kind order by preference, delivery_id, row_no, sheet) as kind,
        first(name order by preference, delivery_id, row_no, sheet) as name,
        max(valid_from) as valid_from,
        min(valid_to) as valid_to,
        first({'f': feed, 'd': delivery_id, 's': sheet, 'r': row_no} order by preference, delivery_id, row_no, sheet) as place_of_row
    from ranked
    group by all
)

select
    firm_id,
    name_norm,
    kind,
    name,
    valid_from,
    case when kind <> 'registered' then valid_to end as valid_to,
    core_name(name_norm) as core_name,
    place_in_name(name_norm) as place,
    legal_form(name_norm) as legal_form,
    place_of_row.f as feed,
    place_of_row.d as delivery_id,
    place_of_row.s as sheet,
    place_of_row.r as row_no
from merged
