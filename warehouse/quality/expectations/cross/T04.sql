-- T04: the December cumulative of the flash report is far from the annual figure.
-- key: delivery_id, sheet, row_no
with annual as (
    select uscc, year, max_by(revenue_fen, seq) as revenue_fen from stg_zone__yearly
    where not is_withdrawn
    group by all
)

select f.delivery_id, f.sheet, f.row_no, 'revenue_to_date' as field, f.revenue_to_date_fen / 100 as value
from stg_torch__flash as f
inner join annual on f.uscc = annual.uscc and f.period = annual.year || '12'
where abs(f.revenue_to_date_fen - annual.revenue_fen) > abs(annual.revenue_fen) * threshold('december_share')
