-- E03: a firm on a list of the firms that must be unlisted had been listed when the list was issued.
-- key: delivery_id, sheet, row_no
select t.delivery_id, t.sheet, t.row_no, 'name' as field, t.name_as_listed as value
from core_title as t
inner join ref_designation_lists as l on t.designation = l.designation and l.is_unlisted
inner join stg_listing__events as e on t.firm_id = e.uscc
inner join ref_boards as b on name_norm(e.board) = b.board and b.is_listed
inner join ref_listing_events as v on name_norm(e.event) = v.event and not v.is_filing
inner join ref_listing_relations as r on name_norm(e.relation) = r.relation and r.is_own
where t.event = 'granted'
group by all
having max_by(v.is_listing, e.event_on) and min(e.event_on) <= any_value(t.valid_from)
