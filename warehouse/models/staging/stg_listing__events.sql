-- Listing events, typed. Every row that was loaded; checks take out what fails.
-- grain: delivery_id, sheet, row_no
select
    upper(trim(uscc)) as uscc,
    name,
    name_norm(name) as name_norm,
    stock_code,
    exchange,
    board,
    event,
    a_date(event_on) as event_on,
    relation,
    a_date(as_of) as as_of,
    uscc_state,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_listing__events
