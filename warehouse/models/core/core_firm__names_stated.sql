-- One row per full name of a firm in sources that carry its key. A name is valid at most from the last day of the name before it
-- to the first day of the name after it; null where nothing bounds it.
-- key: firm_id, name_norm
-- scope: firm
with sourced_names as (
    select uscc as firm_id, name_norm, name, as_of, 'registry__firms' as feed, delivery_id, sheet, row_no
    from stg_registry__firms
    union all
    select uscc, name_norm, name, collected_on, 'vendor__registrations', delivery_id, sheet, row_no
    from stg_vendor__registrations
    union all
    select firm.firm_id, stg.name_norm, stg.name, stg.reported_on, 'listed__index', stg.delivery_id, stg.sheet, stg.row_no
    from stg_listed__index as stg
    inner join core_firm__shares as share
        on stg.stock_code = share.stock_code and stg.reported_on between share.held_from and share.held_to
    inner join core_firm as firm using (firm_id)
),

name_spans as (
    select
        firm_id,
        name_norm,
        last(name order by as_of nulls first, delivery_id, row_no, sheet) as name,
        min(as_of) as first_as_of,
        max(as_of) as last_as_of,
        last(
            {'feed': feed, 'delivery_id': delivery_id, 'sheet': sheet, 'row_no': row_no} order by as_of nulls first, delivery_id, row_no, sheet
        ) as origin
    from sourced_names
    where name_norm <> '' and firm_id in (select firm_id from core_firm)
    group by firm_id, name_norm
)

select
    firm_id,
    name_norm,
    coalesce(name, name_norm) as name,
    first_as_of,
    last_as_of,
    case when lag(last_as_of) over names <= first_as_of then lag(last_as_of) over names end as valid_from,
    case when lead(first_as_of) over names >= last_as_of then lead(first_as_of) over names end as valid_to,
    origin.feed,
    origin.delivery_id,
    origin.sheet,
    origin.row_no
from name_spans
window names as (partition by firm_id order by first_as_of nulls first, last_as_of, name_norm)
