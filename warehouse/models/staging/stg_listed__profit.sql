-- Income statements of listed companies, typed. Money in fen. Every row that was loaded; checks take out what fails.
-- grain: delivery_id, sheet, row_no
select
    stock_code,
    short_name,
    a_year(year) as year,
    source,
    fen(total_revenue, money_unit) as total_revenue_fen,
    fen(revenue, money_unit) as revenue_fen,
    fen(total_cost, money_unit) as total_cost_fen,
    fen(operating_cost, money_unit) as operating_cost_fen,
    fen(business_taxes, money_unit) as business_taxes_fen,
    fen(selling_expense, money_unit) as selling_expense_fen,
    fen(admin_expense, money_unit) as admin_expense_fen,
    fen(rd_account, money_unit) as rd_account_fen,
    fen(finance_expense, money_unit) as finance_expense_fen,
    fen(operating_profit, money_unit) as operating_profit_fen,
    fen(non_operating_income, money_unit) as non_operating_income_fen,
    fen(non_operating_expense, money_unit) as non_operating_expense_fen,
    fen(total_profit, money_unit) as total_profit_fen,
    fen(income_tax, money_unit) as income_tax_fen,
    fen(net_profit, money_unit) as net_profit_fen,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_listed__profit
