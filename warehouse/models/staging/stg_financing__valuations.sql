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
    case when valuation_read.kind = 'exact' then valuation_read.low end as valuation_cents,
    coalesce(valuation_read.kind, 'undisclosed') as valuation_disclosed,
    valuation_read.low as valuation_low_cents,
    valuation_read.high as valuation_high_cents,
    valuation_read.currency as valuation_currency,
    basis,
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
        amount_in_words(valuation, '') as valuation_read
    from raw_financing__valuations
) as raw
