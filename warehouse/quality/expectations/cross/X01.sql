-- X01: the high-tech title on the form differs from the lists at the end of the form's year.
-- key: delivery_id, sheet, row_no
with title_held as (
    select t.firm_id, t.valid_from, t.valid_to, t.certificate_no from core_title as t
    inner join ref_designation_lists as l on t.designation = l.designation and l.is_on_form
    where t.event in ('granted', 'renewed') and t.firm_id is not null
),

filed as (
    select p.*, exists(
        select 1 from title_held
        where title_held.firm_id = p.uscc and make_date(p.year, 12, 31) between title_held.valid_from and title_held.valid_to
    ) as is_held
    from stg_torch__profile as p
)

select delivery_id, sheet, row_no, 'is_hnte' as field, is_hnte as value from filed
where is_hnte <> is_held
