-- One row per year and indicator of the Torch survey: firms and total. Each form is unpivoted to one figure a row and converted
-- from the filed unit to the base unit by a factor; withdrawn reports are left out, the newest of several counts. Money in fen.
-- Totals over too few firms or dominated by few are hidden, and with them as many others as are needed so that no hidden one
-- follows from a sum that the form prints (ref_sums). Proof: the sums form no circle, and each lacks none or at least two
-- indicators; so a change of a hidden indicator can be balanced by another in each of its sums, and on, without coming back.
-- key: year, indicator
-- scope: zone
with recursive filed as (
    select 'torch__profile' as feed, * from (unpivot raw_torch__profile on columns(* exclude (
        uscc, name, year, data_state, form_year, form, form_edition, uscc_state, money_unit, sheet, row_no, seq, delivery_id
    )) into name indicator value value_filed)
    union all by name
    select 'torch__economy' as feed, * from (unpivot raw_torch__economy on columns(* exclude (
        uscc, name, year, data_state, form_year, form, form_edition, uscc_state, money_unit, sheet, row_no, seq, delivery_id
    )) into name indicator value value_filed)
    union all by name
    select 'torch__staff' as feed, * from (unpivot raw_torch__staff on columns(* exclude (
        uscc, name, year, data_state, form_year, form, form_edition, uscc_state, money_unit, sheet, row_no, seq, delivery_id
    )) into name indicator value value_filed)
    union all by name
    select 'torch__rd' as feed, * from (unpivot raw_torch__rd on columns(* exclude (
        uscc, name, year, data_state, form_year, form, form_edition, uscc_state, money_unit, sheet, row_no, seq, delivery_id
    )) into name indicator value value_filed)
),

reports as (
    select uscc, year, data_state, delivery_id, sheet, row_no, seq from stg_torch__profile
    union all
    select uscc, year, data_state, delivery_id, sheet, row_no, seq from stg_torch__economy
    union all
    select uscc, year, data_state, delivery_id, sheet, row_no, seq from stg_torch__staff
    union all
    select uscc, year, data_state, delivery_id, sheet, row_no, seq from stg_torch__rd
),

figures as (
    select
        reports.uscc,
        reports.year,
        filed.indicator,
        ref_indicators.code as indicator_code,
        ref_indicators.kind,
        ref_indicators.unit as unit_filed,
        case when ref_indicators.is_money then fen_of_unit(ref_indicators.unit) else 1 end as unit_factor,
        try(parse_decimal(filed.value_filed) * unit_factor) as value
    from filed
    inner join reports using (delivery_id, sheet, row_no)
    inner join ref_indicators on filed.feed = ref_indicators.feed and filed.indicator = ref_indicators.indicator
    where reports.data_state is distinct from 'dis'
    qualify row_number() over (
        partition by reports.uscc, reports.year, filed.indicator order by reports.seq desc, reports.row_no desc
    ) = 1
),

contributed as (
    select year, indicator, uscc, value, indicator_code, kind, unit_filed, unit_factor from figures
    where value is not null
),

totals as (
    select
        year,
        indicator,
        any_value(indicator_code) as indicator_code,
        any_value(kind) as kind,
        any_value(unit_filed) as unit_filed,
        any_value(unit_factor) as unit_factor,
        count(*) as firms,
        sum(value) as total,
        list(abs(value) order by abs(value) desc) as parts
    from contributed
    group by all
),

assessed as (
    select
        totals.*,
        totals.firms < limits.fewest_firms
        or 100 * list_sum(totals.parts[1:limits.dominant_firms]) >= limits.dominant_percent * list_sum(totals.parts) as is_unsafe
    from totals
    cross join ref_disclosure as limits
),

members as (
    select ref_sums.sum_id, assessed.year, assessed.indicator, assessed.is_unsafe, abs(assessed.total) as size
    from assessed
    inner join ref_sums using (indicator)
),

-- Repeated until no sum discloses a hidden indicator: in each sum that does, the smallest indicator at least as large as the
-- hidden ones is hidden too, or the largest where none is as large.
hiding as (
    select year, coalesce(list(indicator) filter (is_unsafe), []) as hidden from assessed
    group by year
    union all
    select year, list_concat(any_value(hidden), list_distinct(list(next_hidden))) as hidden
    from (
        select
            sum_members.year,
            any_value(sum_members.hidden) as hidden,
            coalesce(
                arg_min(sum_members.indicator, (sum_members.size, sum_members.indicator)) filter (not sum_members.is_hidden and sum_members.size >= sum_members.size_hidden),
                arg_max(sum_members.indicator, (sum_members.size, sum_members.indicator)) filter (not sum_members.is_hidden)
            ) as next_hidden
        from (
            select
                hiding.year,
                hiding.hidden,
                members.sum_id,
                members.indicator,
                members.is_unsafe,
                members.size,
                list_contains(hiding.hidden, members.indicator) as is_hidden,
                sum(case when list_contains(hiding.hidden, members.indicator) then members.size else 0 end)
                    over (partition by members.year, members.sum_id) as size_hidden
            from hiding
            inner join members on hiding.year = members.year
        ) as sum_members
        group by sum_members.year, sum_members.sum_id
        having count(*) filter (not sum_members.is_hidden) > 0
            and count(*) filter (sum_members.is_hidden) > 0
            and (count(*) filter (sum_members.is_hidden) = 1 or count(*) filter (sum_members.is_hidden and not sum_members.is_unsafe) = 0)
    ) as disclosing_sums
    group by year
),

decided as (
    select year, arg_max(hidden, len(hidden)) as hidden from hiding
    group by year
)

select
    assessed.year,
    assessed.indicator,
    assessed.indicator_code,
    assessed.kind,
    assessed.unit_filed,
    assessed.unit_factor,
    list_contains(decided.hidden, assessed.indicator) as is_hidden,
    case when not is_hidden then assessed.firms end as firms,
    case when not is_hidden then assessed.total end as total
from assessed
inner join decided using (year)
