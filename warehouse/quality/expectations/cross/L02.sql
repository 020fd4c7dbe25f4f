-- L02: the numbering of a list has a gap or a repetition; it may restart at 1.
-- key: delivery_id, sheet, row_no
-- scope: zone
with numbered as (
    select delivery_id, sheet, row_no, list_no, try_cast(list_no as integer) as number,
        lag(try_cast(list_no as integer)) over (partition by delivery_id, sheet order by row_no) as earlier
    from raw_recognition
)

select delivery_id, sheet, row_no, 'list_no' as field, list_no as value from numbered
where number not in (earlier + 1, 1)
