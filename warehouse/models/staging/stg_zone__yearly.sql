-- One row per loaded yearly form, typed, money in fen; rows that fail a check are removed after.
-- key: delivery_id, sheet, row_no
-- scope: row
select
    clean_uscc(uscc) as uscc,
    name,
    name_norm(name) as name_norm,
    parse_year(year) as year,
    data_state,
    fen(revenue, money_unit) as revenue_fen,
    fen(main_revenue, money_unit) as main_revenue_fen,
    fen(total_income, money_unit) as total_income_fen,
    fen(hitech_income, money_unit) as hitech_income_fen,
    fen(leading_product_income, money_unit) as leading_product_income_fen,
    fen(main_product_income, money_unit) as main_product_income_fen,
    fen(related_sales, money_unit) as related_sales_fen,
    case when revenue_eur_read.kind = 'exact' and revenue_eur_read.currency = 'EUR' then revenue_eur_read.low end
        as revenue_eur_cents,
    fen(cost_expense, money_unit) as cost_expense_fen,
    fen(rd_tax, money_unit) as rd_tax_fen,
    fen(rd_hnte, money_unit) as rd_hnte_fen,
    fen(rd_hnte_domestic, money_unit) as rd_hnte_domestic_fen,
    fen(rd_account, money_unit) as rd_account_fen,
    fen(rd_stat, money_unit) as rd_stat_fen,
    fen(technology_spending, money_unit) as technology_spending_fen,
    fen(total_assets, money_unit) as total_assets_fen,
    fen(total_liabilities, money_unit) as total_liabilities_fen,
    fen(total_profit, money_unit) as total_profit_fen,
    fen(net_profit, money_unit) as net_profit_fen,
    fen(tax_paid, money_unit) as tax_paid_fen,
    fen(payroll, money_unit) as payroll_fen,
    fen(exports, money_unit) as exports_fen,
    parse_count(staff_end) as staff_end,
    parse_count(rd_staff_end) as rd_staff_end,
    parse_count(college_staff_end) as college_staff_end,
    parse_number(staff_mean_quarterly) as staff_mean_quarterly,
    parse_number(tech_staff_mean_quarterly) as tech_staff_mean_quarterly,
    parse_number(staff_mean_monthly) as staff_mean_monthly,
    parse_number(tech_staff_mean_monthly) as tech_staff_mean_monthly,
    parse_count(conversions) as conversions,
    parse_year(form_year) as form_year,
    coalesce(data_state = 'dis', false) as is_withdrawn,
    uscc_state,
    delivery_id,
    sheet,
    row_no,
    seq
from (
    select
        *,
        amount_in_words(revenue_eur, '') as revenue_eur_read
    from raw_zone__yearly
) as raw
