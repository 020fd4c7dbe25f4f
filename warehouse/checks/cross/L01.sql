-- L01: the list has another number of rows than the notice states; heads and footers are no rows of it.
-- grain: delivery_id, sheet, row_no
select r.delivery_id, r.sheet, r.row_no, 'stated_count' as field, r.stated_count as value from stg_recognition as r
inner join deliveries as d using (delivery_id)
where r.stated_count <> d.rows_read - d.rows_not_data
