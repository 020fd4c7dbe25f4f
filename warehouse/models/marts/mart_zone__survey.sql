-- Totals of the Torch survey by year and indicator. Each form is unpivoted to one figure a row, brought from the unit as
-- filed to base units by a factor; withdrawn reports are left out, the newest of several stands. Hidden are totals that rest
-- on too few firms or are dominated by few. Money in fen.
-- grain: year, indicator
with filed as (
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
        case when ref_indicators.is_money then fen('1', ref_indicators.unit) else 1 end as unit_factor,
        number(filed.value_filed) * unit_factor as value
    from filed
    inner join reports using (delivery_id, sheet, row_no)
    inner join ref_indicators on filed.feed = ref_indicators.feed and filed.indicator = ref_indicators.indicator
    where reports.data_state is distinct from 'dis'
    qualify row_number() over (
        partition by reports.uscc, reports.year, filed.indicator order by reports.seq desc, reports.row_no desc
    ) = 1
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
    from figures
    where value is not null
    group by all
)

select
    totals.year,
    totals.indicator,
    totals.indicator_code,
    totals.kind,
    totals.unit_filed,
    totals.unit_factor,
    totals.firms < limits.fewest_firms
    or 100 * list_sum(totals.parts[1:limits.dominant_firms]) >= limits.dominant_percent * list_sum(totals.parts) as is_hidden,
    case when not is_hidden then totals.firms end as firms,
    case when not is_hidden then totals.total end as total
from totals
cross join ref_disclosure as limits
