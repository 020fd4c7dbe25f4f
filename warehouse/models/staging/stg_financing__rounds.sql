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
    case when amount_read.kind = 'exact' then amount_read.low end as amount_cents,
    coalesce(amount_read.kind, 'undisclosed') as amount_disclosed,
    amount_read.low as amount_low_cents,
    amount_read.high as amount_high_cents,
    amount_read.currency as amount_currency,
    post_money as post_money_text,
    case when post_money_read.kind = 'exact' then post_money_read.low end as post_money_cents,
    post_money_read.low as post_money_low_cents,
    post_money_read.high as post_money_high_cents,
    post_money_read.currency as post_money_currency,
    investors,
    investor_kind,
    source,
    parse_date(as_of) as as_of,
    uscc_state,
    delivery_id,
    sheet,
    row_no,
    seq
from (
    select
        *,
        amount_in_words(amount, '') as amount_read,
        amount_in_words(post_money, '') as post_money_read
    from raw_financing__rounds
) as raw
