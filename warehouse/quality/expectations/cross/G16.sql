-- G16: the division code is not in force on the day; checked only where the table of codes was delivered.
-- key: delivery_id, sheet, row_no
-- scope: zone
select r.delivery_id, r.sheet, r.row_no, 'division_code' as field, r.division_code as value from stg_registry__firms as r
cross join parameter
where r.division_code is not null and exists (select 1 from stg_code__divisions)
    and not exists (
        select 1 from stg_code__divisions as d
        where d.code = r.division_code and (d.valid_to_year is null or d.valid_to_year >= year(coalesce(r.as_of, parameter.day)))
    )
