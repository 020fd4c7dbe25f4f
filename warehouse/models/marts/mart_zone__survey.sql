-- Totals of the Torch survey over the zone's firms, by year and indicator; a total over too few firms is hidden. Money in fen.
-- grain: year, indicator
with newest as (
    select * from core_survey__values
    qualify row_number() over (partition by uscc, year, indicator order by seq desc, row_no desc) = 1
),

totals as (
    select
        year,
        indicator,
        any_value(indicator_code) as indicator_code,
        any_value(kind) as kind,
        any_value(unit_filed) as unit_filed,
        count(*) as firms,
        sum(value) as total
    from newest
    where value is not null
    group by all
)

select
    totals.year,
    totals.indicator,
    totals.indicator_code,
    totals.kind,
    totals.unit_filed,
    totals.firms < ref_disclosure.fewest_firms as is_hidden,
    case when not is_hidden then totals.firms end as firms,
    case when not is_hidden then totals.total end as total
from totals
cross join ref_disclosure
