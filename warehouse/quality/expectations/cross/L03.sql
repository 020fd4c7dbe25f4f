-- L03: a row of a list that is matched to no firm, or whose name belongs to two firms.
-- key: delivery_id, sheet, row_no
select delivery_id, sheet, row_no, 'name' as field, name_as_listed as value from core_title
where firm_id is null
