-- X01: a title on the yearly profile differs from the lists at the end of the profile's year.
-- key: delivery_id, sheet, row_no
with listed as (
    select l.form_field, t.firm_id, t.valid_from, t.valid_to from core_title as t
    inner join ref_designation_lists as l on t.designation = l.designation
    where t.event in ('granted', 'renewed') and t.firm_id is not null
),

stated as (
    select delivery_id, sheet, row_no, uscc, year, unnest(map_entries(try_cast(struct_pack(*columns('^is_')) as map(varchar, boolean)))) as answer
    from stg_torch__profile
)

select s.delivery_id, s.sheet, s.row_no, s.answer.key as field, s.answer.value
from stated as s
where s.answer.key in (select form_field from ref_designation_lists)
    and s.answer.value <> exists(
        select 1 from listed as l
        where l.form_field = s.answer.key and l.firm_id = s.uscc and make_date(s.year, 12, 31) between l.valid_from and l.valid_to
    )
