-- E03: a firm on a list of the firms that must be unlisted had been listed when the list was issued.
-- grain: delivery_id, sheet, row_no
select t.delivery_id, t.sheet, t.row_no, 'name' as field, t.name_as_listed as value
from core_title as t
inner join ref_designation_lists as l on t.designation = l.designation and l.is_unlisted
inner join stg_listing__events as e on t.firm_id = e.uscc
where t.event = 'granted'
group by all
having max_by(regexp_matches(e.event, '上市|挂牌') and not regexp_matches(e.event, '退市|终止'), e.event_on) and min(e.event_on) <= any_value(t.valid_from)
