-- L01: the number of rows of the list is not the one its notice states; heads and footers do not count, rows without a name may.
-- key: delivery_id, sheet, row_no
select r.delivery_id, r.sheet, r.row_no, 'stated_count' as field, r.stated_count as value from stg_recognition as r
inner join deliveries as d using (delivery_id)
where r.stated_count not between d.rows_read - d.rows_not_data - d.rows_doubtful and d.rows_read - d.rows_not_data
