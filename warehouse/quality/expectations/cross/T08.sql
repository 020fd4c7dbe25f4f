-- T08: the same revenue, staff and assets under two codes in one year; reported at the later row.
-- key: delivery_id, sheet, row_no
-- scope: zone
with filed as (
    select delivery_id, sheet, row_no, seq, uscc, year, revenue_fen, staff_end, total_assets_fen from stg_zone__yearly
    where revenue_fen > 0 and staff_end > 0 and total_assets_fen > 0 and not is_withdrawn
),

-- a number for the figures first: most rows are distinguished by it, in half of the time that the figures take
same_number as (
    select hash(year, revenue_fen, staff_end, total_assets_fen) as number from filed
    group by all
    having count(*) > 1
),

same_figures as (
    select year, revenue_fen, staff_end, total_assets_fen from filed
    where hash(year, revenue_fen, staff_end, total_assets_fen) in (select number from same_number)
    group by all
    having min(uscc) <> max(uscc)
),

repeated as (
    select *, first_value(uscc) over (
        partition by year, revenue_fen, staff_end, total_assets_fen order by seq, row_no
    ) as first_uscc
    from filed
    semi join same_figures using (year, revenue_fen, staff_end, total_assets_fen)
)

select delivery_id, sheet, row_no, 'uscc' as field, uscc || ' = ' || first_uscc as value from repeated
where uscc <> first_uscc
