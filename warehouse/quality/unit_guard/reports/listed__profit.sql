-- One row per income statement of a listed company, with the staff of the same report, and the profit of the shareholders, whose quotient
-- by earnings per share (yuan) is the number of shares; null where their signs differ.
-- key: delivery_id, sheet, row_no
-- scope: row
with people as (
    select
        stock_code,
        year,
        staff_end,
        rd_staff_end,
        delivery_id as heads_delivery_id,
        sheet as heads_sheet,
        row_no as heads_row_no
    from stg_listed__people
    qualify row_number() over (partition by stock_code, year order by seq desc, row_no desc) = 1
),

earned as (
    select
        delivery_id,
        sheet,
        row_no,
        coalesce(parent_net_profit_fen, net_profit_fen - minority_profit_fen, net_profit_fen) as profit_fen,
        coalesce(eps_basic, eps_diluted) as per_share
    from stg_listed__profit
)

select
    stg.delivery_id,
    stg.sheet,
    stg.row_no,
    stg.stock_code as firm,
    stg.year,
    stg.seq,
    null::varchar as industry,
    raw.money_unit as unit,
    stg.* like '%_fen',
    case when sign(earned.profit_fen) = sign(earned.per_share) then abs(earned.profit_fen) end as profit_of_shares_fen,
    try_cast(abs(earned.per_share) as double) as earnings_per_share,
    people.* exclude (stock_code, year)
from stg_listed__profit as stg
inner join raw_listed__profit as raw using (delivery_id, sheet, row_no)
inner join earned using (delivery_id, sheet, row_no)
left join people on stg.stock_code = people.stock_code and stg.year = people.year
where stg.stock_code is not null and stg.year is not null
