-- One row per firm, stock code and period in which the code was the firm's: a reverse merger passes a code to a second firm. Days
-- before the first event and after the last belong to the nearest firm; a code without events belongs to the listed firm itself.
-- key: firm_id, stock_code, held_from
-- scope: firm
with own_events as (
    select uscc, stock_code, min(event_on) as event_on,
        first({'delivery_id': delivery_id, 'sheet': sheet, 'row_no': row_no} order by event_on, delivery_id, sheet, row_no) as origin
    from stg_listing__events
    where name_norm(relation) in (select r.relation from ref_listing_relations as r where r.is_own) and event_on is not null
        and name_norm(event) not in (select e.event from ref_listing_events as e where e.is_filing) and uscc in (select uscc from core_firm where uscc is not null)
    group by uscc, stock_code
)

select
    uscc as firm_id,
    stock_code,
    case when lag(uscc) over codes is null then date '0001-01-01' else event_on end as held_from,
    try_cast(coalesce(lead(event_on) over codes - 1, date '9999-12-31') as date) as held_to,
    lag(uscc) over codes as after_firm_id,
    origin.delivery_id,
    origin.sheet,
    origin.row_no
from own_events
window codes as (partition by stock_code order by event_on, uscc)
union all by name
select firm_id, stock_code, date '0001-01-01' as held_from, date '9999-12-31' as held_to, delivery_id, sheet, row_no
from core_firm
where firm_id like 'stock-%'
