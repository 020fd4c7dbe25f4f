-- G07: digits 3 to 8 were never a division code; checked only where the table of codes was delivered.
-- key: delivery_id, sheet, row_no
-- scope: zone
select r.delivery_id, r.sheet, r.row_no, 'uscc' as field, r.uscc as value from stg_registry__firms as r
where r.uscc_state = 'ok' and exists (select 1 from stg_code__divisions)
    and substr(r.uscc, 3, 6) not in (select d.code from stg_code__divisions as d) and substr(r.uscc, 3, 4) <> '1000'
