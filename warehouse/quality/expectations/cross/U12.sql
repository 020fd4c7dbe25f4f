-- U12: the firms that contribute most to the zone's revenue in the last year.
-- key: delivery_id, sheet, row_no
with last as (select max(year) as year from core_firm__yearly where basis = 'filed'),

newest as (
    select y.* from stg_zone__yearly as y
    inner join last using (year)
    inner join core_firm__yearly as c on y.uscc = c.firm_id and y.year = c.year
    where not y.is_withdrawn
    qualify row_number() over (partition by y.uscc order by y.seq desc, y.row_no desc) = 1
)

select delivery_id, sheet, row_no, 'revenue' as field, revenue_fen / 100 as value from newest
where revenue_fen > 0
qualify row_number() over (order by revenue_fen desc, uscc asc) <= threshold('largest_firms')
