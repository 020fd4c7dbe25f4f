-- How long a title holds by the editions in force when it is given: so many years, or to the end of the year.
-- grain: designation, in_force_from, in_force_to
select
    designation,
    in_force_from,
    in_force_to,
    max(validity_years)::integer as years,
    bool_or(valid_until_year_end) as is_year_end,
    max(or_valid_until) as or_until
from ref_editions
where validity_years is not null or valid_until_year_end
group by all
