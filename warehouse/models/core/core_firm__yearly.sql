-- One row per firm and year: the newest yearly form, for listed firms their annual reports. Money in fen; revenue in US cents too,
-- at the mean rate of that year, null where the year has none. sources: the delivered rows.
-- key: firm_id, year
-- scope: firm
-- The place of the newest form alone: a window function carries every column of its SELECT through its sort.
with newest as (
    select rowid as place, uscc, year, is_withdrawn from stg_zone__yearly
    qualify row_number() over (partition by uscc, year order by seq desc, row_no desc, sheet desc) = 1
),

-- A year whose form was withdrawn counts as not filed, and says nothing of other years.
filed_years as (
    select firm.firm_id, newest.year
    from newest
    inner join core_firm as firm on newest.uscc = firm.uscc
    where not newest.is_withdrawn
),

profit as (
    select * from stg_listed__profit
    qualify row_number() over (partition by stock_code, year order by seq desc, row_no desc, sheet desc) = 1
),

balance as (
    select * from stg_listed__balance
    qualify row_number() over (partition by stock_code, year order by seq desc, row_no desc, sheet desc) = 1
),

people as (
    select * from stg_listed__people
    qualify row_number() over (partition by stock_code, year order by seq desc, row_no desc, sheet desc) = 1
),

stand_in as (select bool_or(quantity = 'rd_hnte') as is_read from ref_stand_ins where feed = 'listed__profit'),

listed as (
    select
        share.firm_id,
        year,
        profit.revenue_fen,
        profit.rd_account_fen,
        case when stand_in.is_read then profit.rd_account_fen end as rd_hnte_fen,
        balance.current_assets_fen + balance.noncurrent_assets_fen as total_assets_fen,
        balance.current_liabilities_fen + balance.noncurrent_liabilities_fen as total_liabilities_fen,
        profit.total_profit_fen,
        profit.net_profit_fen,
        people.staff_end,
        people.rd_staff_end,
        list_filter(
            [
                {'feed': 'listed__profit', 'delivery_id': profit.delivery_id, 'sheet': profit.sheet, 'row_no': profit.row_no, 'unit_factor': profit.unit_factor},
                {'feed': 'listed__balance', 'delivery_id': balance.delivery_id, 'sheet': balance.sheet, 'row_no': balance.row_no, 'unit_factor': balance.unit_factor},
                {'feed': 'listed__people', 'delivery_id': people.delivery_id, 'sheet': people.sheet, 'row_no': people.row_no, 'unit_factor': 1}
            ],
            lambda origin: origin.delivery_id is not null
        ) as sources,
        coalesce(profit.unit_factor, 1) as unit_factor,
        case when stand_in.is_read then 'stand_in' else 'filed' end as basis
    from profit
    full join balance using (stock_code, year)
    full join people using (stock_code, year)
    inner join core_firm__shares as share
        on stock_code = share.stock_code and make_date(year, 12, 31) between share.held_from and share.held_to
    cross join stand_in
),

figures as (
    select
        firm.firm_id,
        filed.year,
        filed.revenue_fen,
        filed.main_revenue_fen,
        filed.total_income_fen,
        filed.hitech_income_fen,
        filed.leading_product_income_fen,
        filed.main_product_income_fen,
        filed.related_sales_fen,
        filed.revenue_eur_cents,
        filed.cost_expense_fen,
        filed.rd_tax_fen,
        filed.rd_hnte_fen,
        filed.rd_hnte_domestic_fen,
        filed.rd_account_fen,
        filed.rd_stat_fen,
        filed.technology_spending_fen,
        filed.total_assets_fen,
        filed.total_liabilities_fen,
        filed.total_profit_fen,
        filed.net_profit_fen,
        filed.tax_paid_fen,
        filed.payroll_fen,
        filed.exports_fen,
        filed.staff_end,
        filed.rd_staff_end,
        filed.college_staff_end,
        filed.staff_mean_quarterly,
        filed.tech_staff_mean_quarterly,
        filed.staff_mean_monthly,
        filed.tech_staff_mean_monthly,
        filed.conversions,
        [{'feed': 'zone__yearly', 'delivery_id': filed.delivery_id, 'sheet': filed.sheet, 'row_no': filed.row_no, 'unit_factor': filed.unit_factor}] as sources,
        filed.unit_factor,
        'filed' as basis
    from stg_zone__yearly as filed
    inner join newest on filed.rowid = newest.place
    inner join core_firm as firm on filed.uscc = firm.uscc
    where not filed.is_withdrawn
    union all by name
    select * from listed
    anti join filed_years using (firm_id, year)
)

select figures.*, converted(figures.revenue_fen, 1, usd.yuan) as revenue_usd_cents
from figures
left join core_rate as usd on figures.year = usd.year and usd.currency = 'USD'
