-- One row per loaded registry row, typed; rows that fail a check are removed after.
-- key: delivery_id, sheet, row_no
-- scope: row
select
    clean_uscc(uscc) as uscc,
    clean_code(reg_no) as reg_no,
    clean_code(org_code) as org_code,
    name,
    name_norm(name) as name_norm,
    former_names,
    ent_type,
    coalesce(
        case when reg_capital_read.kind = 'exact' then reg_capital_read.low end, fen(reg_capital_wan, '万元')
    ) as reg_capital_cents,
    coalesce(
        reg_capital_read.currency, case when reg_capital_wan is not null then currency_code(reg_currency) end
    ) as reg_capital_currency,
    parse_number(reg_capital_wan) as reg_capital_wan,
    parse_number(paid_capital_wan) as paid_capital_wan,
    parse_date(founded_on) as founded_on,
    parse_date(approved_on) as approved_on,
    parse_date(term_from) as term_from,
    parse_date(term_to) as term_to,
    status,
    parse_date(deregistered_on) as deregistered_on,
    parse_date(revoked_on) as revoked_on,
    clean_code(industry_section) as industry_section,
    clean_code(industry_code) as industry_code,
    address,
    clean_code(division_code) as division_code,
    reg_authority,
    parse_date(as_of) as as_of,
    uscc_state,
    delivery_id,
    sheet,
    row_no,
    seq
from (
    select
        *,
        amount_in_words(reg_capital, '') as reg_capital_read
    from raw_registry__firms
) as raw
