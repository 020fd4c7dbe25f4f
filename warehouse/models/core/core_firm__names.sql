-- One row per name of a firm, with the days between which it may have been borne; null where a bound is unknown.
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

all_names as (
    select
        stated.firm_id, stated.name_norm, stated.name,
        case when stated.name_norm = core_firm.name_norm then 'registered' else 'former' end as kind,
        stated.valid_from,
        case when stated.name_norm = core_firm.name_norm then null else stated.valid_to end as valid_to,
        stated.feed, stated.delivery_id, stated.sheet, stated.row_no
    from core_firm__names_stated as stated
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
        core_firm.firm_id, join_decision.subject[6:] as name_norm, join_decision.subject[6:] as name, 'as_listed' as kind,
        'statement' as feed, join_decision.statement_id::varchar as delivery_id
    from statement_standing as join_decision
    inner join core_firm on join_decision.content ->> 'firm' = core_firm.firm_id
    where join_decision.kind = 'join' and starts_with(join_decision.subject, 'name:')
),

ranked as (
    select
        *,
        case kind when 'registered' then 1 when 'former' then 2 when 'announced' then 3 when 'as_listed' then 4 else 5 end as preference
    from all_names
    where name_norm <> ''
),

merged as (
    select
        firm_id,
        name_norm,
        case when kind in ('registered', 'former', 'announced') then 'full' else kind end as family,
        first(kind order by preference, delivery_id, row_no, sheet) as kind,
        first(name order by preference, delivery_id, row_no, sheet) as name,
        max(valid_from) as valid_from,
        min(valid_to) as valid_to,
        first({'feed': feed, 'delivery_id': delivery_id, 'sheet': sheet, 'row_no': row_no} order by preference, delivery_id, row_no, sheet) as origin
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
    origin.feed,
    origin.delivery_id,
    origin.sheet,
    origin.row_no
from merged
