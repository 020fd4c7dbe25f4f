-- L08: the list gives another last day than the edition in force: a number of years, or the end of the year.
-- key: delivery_id, sheet, row_no
with dated as materialized (  -- few lists give a last day
    select r.delivery_id, r.sheet, r.row_no, r.designation, r.valid_to, t.valid_from,
        coalesce(r.granted_on, r.issued_on) as stated_from
    from stg_recognition as r
    inner join core_title as t using (delivery_id, sheet, row_no)
    where t.event = 'granted' and r.valid_to is not null
),

stated_terms as (
    select r.delivery_id, r.sheet, r.row_no, r.valid_to, r.stated_from as valid_from, e.validity_years, e.valid_until_year_end
    from dated as r
    inner join ref_editions as e
        on r.designation = e.designation and r.valid_from >= e.in_force_from
        and (e.in_force_to is null or r.valid_from <= e.in_force_to)
    where e.validity_years is not null or e.valid_until_year_end
)

select delivery_id, sheet, row_no, 'valid_to' as field, any_value(valid_to) as value from stated_terms
group by all
having not bool_or(
    case
        when valid_until_year_end then valid_to = make_date(year(valid_from), 12, 31)
        else valid_to between valid_from + to_years(validity_years::integer) - to_days(1)
            and valid_from + to_years(validity_years::integer)
    end
)
