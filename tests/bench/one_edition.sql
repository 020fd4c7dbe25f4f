-- 浙江省科技领军企业（2022）as a person would write it in DuckDB: outcomes only, three-valued, exact by cross-multiplication.
-- $facts is replaced by the Parquet file of firm-days.
with asked as (
    select
        firm_id,
        holds_hnte as c1,
        revenue_fen_y0 >= 200000000000 or (is_future_industry and revenue_fen_y0 >= 100000000000) as c2,
        case
            when revenue_fen_y0 + revenue_fen_y1 + revenue_fen_y2 <= 0 then null
            when revenue_fen_y0 <= 500000000000
                then
                    (rd_hnte_fen_y0 + rd_hnte_fen_y1 + rd_hnte_fen_y2)::hugeint * 25
                    >= revenue_fen_y0 + revenue_fen_y1 + revenue_fen_y2
            else
                (rd_hnte_fen_y0 + rd_hnte_fen_y1 + rd_hnte_fen_y2)::hugeint * 100
                >= (revenue_fen_y0 + revenue_fen_y1 + revenue_fen_y2)::hugeint * 3
        end as c3,
        case when staff_mean_monthly_y0 > 0 then tech_staff_mean_monthly_y0 * 10 >= staff_mean_monthly_y0 end as c4,
        tech_staff_mean_monthly_y0 >= 100 as c5,
        core_ip_count >= 20 as c6,
        case when revenue_fen_y0 > 0 then leading_product_income_fen_y0::hugeint * 10 >= revenue_fen_y0::hugeint * 6 end as c7,
        market_rank_national between 1 and 3 or market_rank_global between 1 and 5 as c8,
        indicators_above_gdp >= 2 as c9,
        case
            when last_major_incident_on is not null then false
            when are_incidents_known then true
        end as c10
    from read_parquet($facts)
)

select
    firm_id,
    case c1 and c2 and c3 and c4 and c5 and c6 and c7 and c8 and c9 and c10
        when true then 'met'
        when false then 'not_met'
        else 'unknown'
    end as outcome
from asked
