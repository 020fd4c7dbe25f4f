-- One row per loaded new registration, typed; rows that fail a check are removed after.
-- key: delivery_id, sheet, row_no
-- scope: row
select
    parse_date(collected_on) as collected_on,
    name,
    name_norm(name) as name_norm,
    clean_uscc(uscc) as uscc,
    clean_code(reg_no) as reg_no,
    status,
    parse_date(founded_on) as founded_on,
    reg_capital as reg_capital_text,
    case when reg_capital_read.kind = 'exact' then reg_capital_read.low end as reg_capital_cents,
    reg_capital_read.currency as reg_capital_currency,
    coalesce(clean_code(division_code_city), nullif(regexp_extract(area_codes, '^(\d{4})\b', 1), '')) as division_code_city,
    coalesce(clean_code(division_code), nullif(regexp_extract(area_codes, '(\d{6})$', 1), '')) as division_code,
    address,
    province,
    city,
    uscc_state,
    delivery_id,
    sheet,
    row_no,
    seq
from (
    select
        *,
        amount_in_words(reg_capital, '') as reg_capital_read
    from raw_vendor__registrations
) as raw
