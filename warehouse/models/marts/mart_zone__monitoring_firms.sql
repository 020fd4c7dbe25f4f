-- One row per monitored measure, year and firm behind its number: part is what it adds to the numerator, whole to the
-- denominator (1 for a firm that is counted). Years from the first with a target of the measure to that of the run.
-- kept as: view
-- key: measure, year, firm_id
-- scope: firm
with first_year as (
    select measure, min(year) as year from core_target group by measure
),

monitored as (
    select measure.*, unnest(generate_series(first_year.year, year(parameter.day)::integer)) as year
    from first_year
    inner join ref_measures as measure using (measure)
    cross join parameter
),

as_of as (
    select monitored.*, least(make_date(monitored.year::bigint, 12, 31), parameter.day) as day
    from monitored
    cross join parameter
),

title as (
    select
        title.firm_id,
        title.designation,
        title.valid_from,
        title.valid_to,
        min(cancellation.issued_on) as cancelled_on
    from core_title as title
    left join core_title as cancellation
        on title.firm_id = cancellation.firm_id
        and title.designation = cancellation.designation
        and cancellation.event = 'cancelled'
        and title.valid_from <= cancellation.issued_on
    where title.firm_id is not null and title.event in ('granted', 'renewed')
    group by all
),

first_grant as (
    select firm_id, designation, min(valid_from) as granted_on from title group by all
),

stock as (
    select distinct as_of.measure, as_of.year, title.firm_id
    from as_of
    inner join title on as_of.designation = title.designation
    inner join core_firm as firm on title.firm_id = firm.firm_id
    where as_of.kind = 'stock'
        and title.valid_from <= as_of.day
        and coalesce(title.valid_to >= as_of.day, true)
        and coalesce(title.cancelled_on > as_of.day, true)
        and coalesce(firm.is_living or firm.ended_on > as_of.day, true)
),

converting as (
    select distinct as_of.measure, as_of.year, as_of.designation, as_of.day, title.firm_id
    from as_of
    inner join title on as_of.from_designation = title.designation
    where as_of.kind = 'conversion'
        and title.valid_from < make_date(as_of.year::bigint, 1, 1)
        and coalesce(title.valid_to >= make_date(as_of.year - 1, 12, 31), true)
        and coalesce(title.cancelled_on >= make_date(as_of.year::bigint, 1, 1), true)
),

converted as (
    select distinct firm_id, designation, valid_from from title
),

-- the figures of a report and their names, as a measure of the plan names them; a map of each report takes three times as long
yearly as (
    select
        firm_id,
        year,
        list_value(*columns(* exclude (firm_id, year))) as figures,
        struct_keys(struct_pack(*columns(* exclude (firm_id, year)))) as names
    from (select firm_id, year, columns(* exclude (firm_id, year, sources, basis, unit_factor))::double from core_firm__yearly) as numbers
),

counted as (
    select measure, year, firm_id, 1.0 as part, null::double as whole from stock
    union all by name
    select as_of.measure, as_of.year, first_grant.firm_id, 1.0 as part
    from as_of
    inner join first_grant
        on as_of.designation = first_grant.designation
        and as_of.year = year(first_grant.granted_on)
        and as_of.day >= first_grant.granted_on
    where as_of.kind = 'new'
    union all by name
    select
        converting.measure,
        converting.year,
        converting.firm_id,
        (count(converted.firm_id) > 0)::integer::double as part,
        1.0 as whole
    from converting
    left join converted
        on converting.firm_id = converted.firm_id
        and converting.designation = converted.designation
        and converting.year = year(converted.valid_from)
        and converting.day >= converted.valid_from
    group by all
    union all by name
    select * from (
        select
            as_of.measure,
            as_of.year,
            yearly.firm_id,
            yearly.figures[list_position(yearly.names, as_of.numerator)] as part,
            yearly.figures[list_position(yearly.names, as_of.denominator)] as whole
        from as_of
        inner join yearly using (year)
        where as_of.kind = 'ratio'
    ) as ratio
    where part is not null and whole is not null
)

select counted.*, firm_key(counted.firm_id) as firm_key from counted
