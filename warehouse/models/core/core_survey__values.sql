-- Figures of the Torch survey, one row a figure: as filed with its unit, and in base units with the factor between.
-- Withdrawn reports are left out; of several for a firm and year the newest stands. Statistical use only.
-- grain: delivery_id, sheet, row_no, indicator
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
    select uscc, year, data_state, form_edition, delivery_id, sheet, row_no, seq from stg_torch__profile
    union all
    select uscc, year, data_state, form_edition, delivery_id, sheet, row_no, seq from stg_torch__economy
    union all
    select uscc, year, data_state, form_edition, delivery_id, sheet, row_no, seq from stg_torch__staff
    union all
    select uscc, year, data_state, form_edition, delivery_id, sheet, row_no, seq from stg_torch__rd
),

kept as (
    select filed.*, reports.* exclude (delivery_id, sheet, row_no)
    from filed
    inner join reports using (delivery_id, sheet, row_no)
    where reports.data_state is distinct from 'dis'
)

select
    kept.uscc,
    kept.year,
    kept.indicator,
    ref_indicators.code as indicator_code,
    kept.form_edition,
    ref_indicators.kind,
    kept.value_filed,
    ref_indicators.unit as unit_filed,
    case when ref_indicators.is_money then fen('1', ref_indicators.unit) else 1 end as unit_factor,
    number(kept.value_filed) * unit_factor as value,
    kept.seq,
    kept.delivery_id,
    kept.sheet,
    kept.row_no
from kept
inner join ref_indicators on kept.feed = ref_indicators.feed and kept.indicator = ref_indicators.indicator
