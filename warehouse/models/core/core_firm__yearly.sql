-- What a firm filed for a year, the newest statement of it; listed firms by their annual reports. Money in fen;
-- revenue in US cents too, at the mean rate of that very year, null where the year has none.
-- key: firm_id, year
-- scope: firm
with filed as (
    select stg_zone__yearly.*, deliveries.file_name from stg_zone__yearly
    inner join deliveries using (delivery_id)
    qualify row_number() over (partition by uscc, year order by stg_zone__yearly.seq desc, row_no desc) = 1
),

profit as (
    select stg_listed__profit.*, deliveries.file_name from stg_listed__profit
    inner join deliveries using (delivery_id)
    qualify row_number() over (partition by stock_code, year order by stg_listed__profit.seq desc, row_no desc) = 1
),

balance as (
    select stg_listed__balance.*, deliveries.file_name from stg_listed__balance
    inner join deliveries using (delivery_id)
    qualify row_number() over (partition by stock_code, year order by stg_listed__balance.seq desc, row_no desc) = 1
),

people as (
    select stg_listed__people.*, deliveries.file_name from stg_listed__people
    inner join deliveries using (delivery_id)
    qualify row_number() over (partition by stock_code, year order by stg_listed__people.seq desc, row_no desc) = 1
),

stand_in as (select bool_or(quantity = 'rd_hnte') as for_rd_hnte from ref_stand_ins where feed = 'listed__profit'),

listed as (
    select
        share.firm_id,
        year,
        profit.revenue_fen,
        profit.rd_account_fen,
        case when stand_in.for_rd_hnte then profit.rd_account_fen end as rd_hnte_fen,
        balance.current_assets_fen + balance.noncurrent_assets_fen as total_assets_fen,
        balance.current_liabilities_fen + balance.noncurrent_liabilities_fen as total_liabilities_fen,
        profit.total_profit_fen,
        profit.net_profit_fen,
        people.staff_end,
        people.rd_staff_end,
        concat_ws(
            '; ',
            source_text(profit.delivery_id, profit.file_name, null, profit.row_no) || unit_factor_text(profit.unit_factor),
            source_text(balance.delivery_id, balance.file_name, null, balance.row_no) || unit_factor_text(balance.unit_factor),
            source_text(people.delivery_id, people.file_name, null, people.row_no)
        ) as source,
        coalesce(profit.unit_factor, 1) as unit_factor,
        case when stand_in.for_rd_hnte then 'stand_in' else 'filed' end as basis
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
        source_text(filed.delivery_id, filed.file_name, filed.sheet, filed.row_no) || unit_factor_text(filed.unit_factor) as source,
        filed.unit_factor,
        'filed' as basis
    from filed
    inner join core_firm as firm on filed.uscc = firm.uscc
    where not filed.is_withdrawn
    union all by name
    select * from listed
    where firm_id not in (select uscc from filed)
)

select figures.*, whole(figures.revenue_fen / usd.yuan) as revenue_usd_cents
from figures
left join core_rate as usd on figures.year = usd.year and usd.currency = 'USD'
