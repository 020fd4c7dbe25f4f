-- G04: a later registry file gives the code another name and does not list the old one as a former name.
-- key: delivery_id, sheet, row_no
with registry_rows as (
    select *, lag(name_norm) over (partition by uscc order by seq, row_no) as earlier_norm from stg_registry__firms
)

select delivery_id, sheet, row_no, 'name' as field, name as value from registry_rows
where earlier_norm <> name_norm and not contains(coalesce(name_norm(former_names), ''), earlier_norm)
