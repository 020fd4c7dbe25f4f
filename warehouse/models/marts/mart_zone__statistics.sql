-- Totals of figures gathered under the statistics law, by month and industry, and the month as a whole. A cell is hidden
-- when it rests on too few firms or is dominated by few; beside it so many others as make what is hidden safe as a sum.
-- key: period, industry
-- scope: zone
with newest as (
    select * from stg_torch__flash
    qualify row_number() over (partition by uscc, period order by seq desc, row_no desc) = 1
),

filed as (
    select
        newest.uscc,
        newest.period,
        coalesce(left(firm.industry_code, 2), '') as industry,
        newest.revenue_to_date_fen,
        newest.staff_end,
        newest.rd_to_date_fen
    from newest
    left join core_firm as firm using (uscc)
),

contributed as (
    select period, industry, uscc, revenue_to_date_fen, staff_end, rd_to_date_fen from filed
),

figures as (
    unpivot contributed on revenue_to_date_fen, staff_end, rd_to_date_fen into name measure value figure
),

cells as (
    select
        filed.period,
        filed.industry,
        count(*) as firms,
        sum(filed.revenue_to_date_fen) as revenue_to_date_fen,
        sum(filed.staff_end)::bigint as staff_end,
        sum(filed.rd_to_date_fen) as rd_to_date_fen
    from filed
    group by all
),

-- One figure of one cell is unsafe when too few firms tell it, or few of them make up most of it.
told as (
    select period, industry, measure, list(abs(figure) order by abs(figure) desc) as parts from figures
    group by all
),

unsafe as (
    select distinct told.period, told.industry from told
    cross join ref_disclosure as limits
    where len(told.parts) < limits.fewest_firms
        or 100 * list_sum(told.parts[1:limits.dominant_firms]) >= limits.dominant_percent * list_sum(told.parts)
),

placed as (
    select
        cells.*,
        cells.firms < limits.fewest_firms or unsafe.period is not null as is_unsafe,
        case
            when is_unsafe then 0
            else row_number() over (partition by cells.period, is_unsafe order by cells.firms asc, cells.industry asc)
        end as place
    from cells
    cross join ref_disclosure as limits
    left join unsafe on cells.period = unsafe.period and cells.industry = unsafe.industry
),

-- What is hidden can be had as the month's total less what is shown: the hidden cells together must be safe as one.
-- Tried are the unsafe cells alone, then with the smallest other cell, with the two smallest, and so on.
tried as (
    select sizes.period, sizes.place as taken, count(*) as hidden_cells, sum(placed.firms) as hidden_firms
    from placed as sizes
    inner join placed on sizes.period = placed.period and sizes.place >= placed.place
    group by all
),

tried_figures as (
    select tried.period, tried.taken, figures.measure, list(abs(figures.figure) order by abs(figures.figure) desc) as parts
    from tried
    inner join placed on tried.period = placed.period and tried.taken >= placed.place
    inner join figures on placed.period = figures.period and placed.industry = figures.industry
    group by all
),

tried_unsafe as (
    select distinct tried_figures.period, tried_figures.taken from tried_figures
    cross join ref_disclosure as limits
    where len(parts) < limits.fewest_firms
        or 100 * list_sum(parts[1:limits.dominant_firms]) >= limits.dominant_percent * list_sum(parts)
),

chosen as (
    select tried.period, min(tried.taken) as taken
    from tried
    cross join ref_disclosure as limits
    left join tried_unsafe on tried.period = tried_unsafe.period and tried.taken = tried_unsafe.taken
    where tried_unsafe.period is null and tried.hidden_cells > 1 and tried.hidden_firms >= limits.fewest_firms
    group by tried.period
),

months as (
    select
        placed.period,
        bool_or(placed.is_unsafe) as has_unsafe,
        any_value(chosen.taken) as taken,
        sum(placed.firms)::bigint as firms,
        sum(placed.revenue_to_date_fen) as revenue_to_date_fen,
        sum(placed.staff_end)::bigint as staff_end,
        sum(placed.rd_to_date_fen) as rd_to_date_fen
    from placed
    left join chosen using (period)
    group by placed.period
),

decided as (
    select
        placed.period,
        placed.industry,
        months.has_unsafe and placed.place <= coalesce(months.taken, 1e9) as is_hidden,
        placed.firms,
        placed.revenue_to_date_fen,
        placed.staff_end,
        placed.rd_to_date_fen
    from placed
    inner join months using (period)
    union all
    select period, 'all' as industry, has_unsafe and taken is null as is_hidden, firms, revenue_to_date_fen, staff_end, rd_to_date_fen
    from months
)

select
    period,
    industry,
    is_hidden,
    case when not is_hidden then firms end as firms,
    case when not is_hidden then revenue_to_date_fen end as revenue_to_date_fen,
    case when not is_hidden then staff_end end as staff_end,
    case when not is_hidden then rd_to_date_fen end as rd_to_date_fen
from decided
