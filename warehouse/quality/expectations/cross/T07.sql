-- T07: a living firm of the registry that reported last year but not this year; reported at the row of last year.
-- key: delivery_id, sheet, row_no
with last as (select max(year) as year from stg_zone__yearly),

absent as (
    select y.* from stg_zone__yearly as y
    cross join last
    inner join core_firm as firm on y.uscc = firm.firm_id
    where y.year = last.year - 1 and firm.is_living
        and not exists (select 1 from stg_zone__yearly as n where n.uscc = y.uscc and n.year = last.year)
    qualify row_number() over (partition by y.uscc order by y.seq desc, y.row_no desc) = 1
)

select delivery_id, sheet, row_no, 'year' as field, year as value from absent
