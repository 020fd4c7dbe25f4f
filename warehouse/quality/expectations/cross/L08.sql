-- L08: the list gives another last day than the edition in force: a number of years, or the end of the year.
-- key: delivery_id, sheet, row_no
with stated_terms as (
    select r.delivery_id, r.sheet, r.row_no, r.valid_to, coalesce(r.granted_on, r.issued_on) as valid_from,
        e.validity_years, e.valid_until_year_end
    from stg_recognition as r
    inner join core_title as t using (delivery_id, sheet, row_no)
    inner join ref_editions as e
        on r.designation = e.designation and t.valid_from >= e.in_force_from
        and (e.in_force_to is null or t.valid_from <= e.in_force_to)
    where t.event = 'granted' and r.valid_to is not null
        and (e.validity_years is not null or e.valid_until_year_end)
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
