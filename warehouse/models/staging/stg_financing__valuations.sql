-- One row per loaded valuation of a firm, typed: an amount only where it is exact, the day with its precision.
-- key: delivery_id, sheet, row_no
-- scope: row
select
    name,
    name_norm(name) as name_norm,
    clean_uscc(uscc) as uscc,
    first_day(valued_on) as valued_on,
    date_precision(valued_on) as valued_precision,
    valuation as valuation_text,
    case when amount_disclosed(valuation) = 'exact' then money_text_cents(valuation) end as valuation_cents,
    amount_disclosed(valuation) as valuation_disclosed,
    amount_end(valuation, 0) as valuation_low_cents,
    amount_end(valuation, 1) as valuation_high_cents,
    money_text_currency(valuation) as valuation_currency,
    basis,
    source,
    parse_date(as_of) as as_of,
    uscc_state,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_financing__valuations
