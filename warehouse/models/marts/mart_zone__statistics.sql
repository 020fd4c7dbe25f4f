-- Totals of figures gathered under the statistics law, by month and industry; small cells are hidden, and one more
-- where a single hidden cell could be found by subtraction.
-- grain: period, industry
with newest as (
    select * from stg_torch__flash
    qualify row_number() over (partition by uscc, period order by seq desc, row_no desc) = 1
),

cells as (
    select
        newest.period,
        coalesce(left(firm.industry_code, 2), '') as industry,
        count(*) as firms,
        sum(newest.revenue_to_date_fen)::bigint as revenue_to_date_fen,
        sum(newest.staff_end)::bigint as staff_end,
        sum(newest.rd_to_date_fen)::bigint as rd_to_date_fen
    from newest
    left join core_firm as firm using (uscc)
    group by all
),

ranked as (
    select
        cells.*,
        cells.firms < ref_disclosure.fewest_firms as is_small,
        count(*) filter (where cells.firms < ref_disclosure.fewest_firms) over (partition by cells.period) as small_cells,
        row_number() over (
            partition by cells.period order by cells.firms < ref_disclosure.fewest_firms desc, cells.firms asc, cells.industry asc
        ) as place
    from cells
    cross join ref_disclosure
)

select
    period,
    industry,
    is_small or (small_cells = 1 and place = 2) as is_hidden,
    case when not is_hidden then firms end as firms,
    case when not is_hidden then revenue_to_date_fen end as revenue_to_date_fen,
    case when not is_hidden then staff_end end as staff_end,
    case when not is_hidden then rd_to_date_fen end as rd_to_date_fen
from ranked
