-- One row per edition in force in this place that sets a term: a number of years, or until the end of the year.
-- key: edition_id
-- scope: zone
select
    edition_id,
    designation,
    ref_editions.place,
    in_force_from,
    in_force_to,
    validity_years::integer as years,
    valid_until_year_end as is_year_end,
    or_valid_until as or_until
from ref_editions
inner join parameter on lies_in(parameter.place, ref_editions.place)
where validity_years is not null or valid_until_year_end
