-- Every name a firm is or was known by.
-- grain: firm_id, name_norm, kind
with told as (
    select firm_id, name_norm, name, 'registered' as kind from core_firm
    union all
    select uscc as firm_id, name_norm(unnest(regexp_split_to_array(former_names, '[;；、,，|]'))) as name_norm,
        former_names as name, 'former' as kind
    from stg_registry__firms
    where former_names is not null
    union all
    select uscc as firm_id, name_norm, name, 'former' as kind from stg_registry__firms
    union all
    select uscc as firm_id, name_norm, name, 'former' as kind from stg_vendor__registrations
    union all
    select 'stock-' || stock_code as firm_id, name_norm, name, 'former' as kind from stg_listed__index
    union all
    select 'stock-' || stock_code as firm_id, name_norm(short_name) as name_norm, short_name as name, 'short' as kind
    from stg_listed__index
    where short_name is not null
)

select firm_id, name_norm, any_value(name) as name, kind
from told
where firm_id in (select firm_id from core_firm)
    and name_norm <> ''
    and (kind = 'registered' or (firm_id, name_norm) not in (select (firm_id, name_norm) from core_firm))
group by firm_id, name_norm, kind
