-- Financing rounds, typed. Every row that was loaded; checks take out what fails.
-- grain: delivery_id, sheet, row_no
select
    name,
    name_norm(name) as name_norm,
    upper(trim(uscc)) as uscc,
    a_date(financed_on) as financed_on,
    round,
    amount as amount_text,
    money_text_cents(amount) as amount_cents,
    money_text_currency(amount) as amount_currency,
    post_money as post_money_text,
    money_text_cents(post_money) as post_money_cents,
    money_text_currency(post_money) as post_money_currency,
    investors,
    investor_kind,
    source,
    a_date(as_of) as as_of,
    uscc_state,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_financing__rounds
