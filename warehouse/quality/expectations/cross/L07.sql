-- L07: recognised before it was founded, or before it had the age that the designation requires.
-- key: delivery_id, sheet, row_no
with founded as (
    select uscc, max_by(founded_on, seq) as founded_on, max_by(name_norm, seq) as name_norm from stg_registry__firms
    group by all
),

named as (
    select name_norm, any_value(founded_on) as founded_on from founded
    group by all
    having count(*) = 1
),

granted as (
    select r.*, coalesce(by_code.founded_on, named.founded_on) as founded_on, coalesce(l.least_months, 0) as least_months
    from stg_recognition as r
    inner join ref_list_events as e on r.event = e.event_text and e.event = 'granted'
    left join founded as by_code on r.uscc = by_code.uscc
    left join named on r.name_norm = named.name_norm and r.uscc is null
    left join ref_designation_lists as l on r.designation = l.designation
)

select delivery_id, sheet, row_no, 'granted_on' as field, coalesce(granted_on, issued_on) as value from granted
where coalesce(granted_on, issued_on) < founded_on + to_months(least_months::integer)
