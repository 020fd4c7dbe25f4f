-- One row per month and industry, and one per month ('all'): totals of figures collected under the statistics law. A cell over too
-- few firms or dominated by few is hidden, and with it as many others as make the sum of the hidden cells safe.
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

-- A measure of a cell is unsafe when too few firms report it or few of them make up most of it.
cell_parts as (
    select period, industry, measure, list(abs(figure) order by abs(figure) desc) as parts from figures
    group by all
),

unsafe as (
    select distinct cell_parts.period, cell_parts.industry from cell_parts
    cross join ref_disclosure as limits
    where len(cell_parts.parts) < limits.fewest_firms
        or 100 * list_sum(cell_parts.parts[1:limits.dominant_firms]) >= limits.dominant_percent * list_sum(cell_parts.parts)
),

ranked_cells as (
    select
        cells.*,
        cells.firms < limits.fewest_firms or unsafe.period is not null as is_unsafe,
        case
            when is_unsafe then 0
            else row_number() over (partition by cells.period, is_unsafe order by cells.firms asc, cells.industry asc)
        end as hiding_rank
    from cells
    cross join ref_disclosure as limits
    left join unsafe on cells.period = unsafe.period and cells.industry = unsafe.industry
),

-- The month's total less the shown cells is the sum of the hidden ones, so that sum must be safe like a cell. Candidates are
-- the unsafe cells alone, then with the smallest other cell, with the two smallest, and so on.
candidates as (
    select sizes.period, sizes.hiding_rank as last_hidden, count(*) as hidden_cells, sum(ranked_cells.firms) as hidden_firms
    from ranked_cells as sizes
    inner join ranked_cells on sizes.period = ranked_cells.period and sizes.hiding_rank >= ranked_cells.hiding_rank
    group by all
),

candidate_figures as (
    select candidates.period, candidates.last_hidden, figures.measure, list(abs(figures.figure) order by abs(figures.figure) desc) as parts
    from candidates
    inner join ranked_cells on candidates.period = ranked_cells.period and candidates.last_hidden >= ranked_cells.hiding_rank
    inner join figures on ranked_cells.period = figures.period and ranked_cells.industry = figures.industry
    group by all
),

unsafe_candidates as (
    select distinct candidate_figures.period, candidate_figures.last_hidden from candidate_figures
    cross join ref_disclosure as limits
    where len(parts) < limits.fewest_firms
        or 100 * list_sum(parts[1:limits.dominant_firms]) >= limits.dominant_percent * list_sum(parts)
),

chosen as (
    select candidates.period, min(candidates.last_hidden) as last_hidden
    from candidates
    cross join ref_disclosure as limits
    left join unsafe_candidates on candidates.period = unsafe_candidates.period and candidates.last_hidden = unsafe_candidates.last_hidden
    where unsafe_candidates.period is null and candidates.hidden_cells > 1 and candidates.hidden_firms >= limits.fewest_firms
    group by candidates.period
),

months as (
    select
        ranked_cells.period,
        bool_or(ranked_cells.is_unsafe) as has_unsafe,
        any_value(chosen.last_hidden) as last_hidden,
        sum(ranked_cells.firms)::bigint as firms,
        sum(ranked_cells.revenue_to_date_fen) as revenue_to_date_fen,
        sum(ranked_cells.staff_end)::bigint as staff_end,
        sum(ranked_cells.rd_to_date_fen) as rd_to_date_fen
    from ranked_cells
    left join chosen using (period)
    group by ranked_cells.period
),

decided as (
    select
        ranked_cells.period,
        ranked_cells.industry,
        months.has_unsafe and (months.last_hidden is null or ranked_cells.hiding_rank <= months.last_hidden) as is_hidden,
        ranked_cells.firms,
        ranked_cells.revenue_to_date_fen,
        ranked_cells.staff_end,
        ranked_cells.rd_to_date_fen
    from ranked_cells
    inner join months using (period)
    union all
    select period, 'all' as industry, has_unsafe and last_hidden is null as is_hidden, firms, revenue_to_date_fen, staff_end, rd_to_date_fen
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
