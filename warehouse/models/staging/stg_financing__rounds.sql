-- One row per loaded financing round, typed; rows that fail a check are removed after.
-- key: delivery_id, sheet, row_no
-- scope: row
select
    name,
    name_norm(name) as name_norm,
    clean_uscc(uscc) as uscc,
    first_day(financed_on) as financed_on,
    date_precision(financed_on) as financed_precision,
    round,
    amount as amount_text,
    case when amount_disclosed(amount) = 'exact' then money_text_cents(amount) end as amount_cents,
    amount_disclosed(amount) as amount_disclosed,
    amount_end(amount, 0) as amount_low_cents,
    amount_end(amount, 1) as amount_high_cents,
    money_text_currency(amount) as amount_currency,
    post_money as post_money_text,
    case when amount_disclosed(post_money) = 'exact' then money_text_cents(post_money) end as post_money_cents,
    money_text_currency(post_money) as post_money_currency,
    investors,
    investor_kind,
    source,
    parse_date(as_of) as as_of,
    uscc_state,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_financing__rounds
