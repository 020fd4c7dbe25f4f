-- What official lists say of titles, row by row, joined to firms by code, by name, by former name, or not at all.
-- grain: title_id
with said as (
    select
        stg.*,
        ref_list_events.event as what,
        coalesce(stg.granted_on, stg.issued_on) as valid_from,
        coalesce(stg.former_name_norm, stg.name_norm) as listed_norm
    from stg_recognition as stg
    inner join ref_list_events on stg.event = ref_list_events.event_text
),

validity as (
    select designation, in_force_from, in_force_to, max(validity_years) as years, bool_or(valid_until_year_end) as is_year_end
    from ref_editions
    where validity_years is not null or valid_until_year_end
    group by all
),

matched as (
    select
        said.*,
        by_code.firm_id as code_firm,
        by_name.firm_id as name_firm,
        by_name.match_method as name_method,
        by_old.firm_id as old_firm
    from said
    left join core_firm as by_code on said.uscc = by_code.uscc and said.uscc_state = 'ok'
    left join core_firm__known_by as by_name on said.name_norm = by_name.name_norm
    left join core_firm__known_by as by_old on said.former_name_norm = by_old.name_norm
)

select
    matched.delivery_id || '/' || coalesce(matched.sheet, '') || '/' || matched.row_no as title_id,
    coalesce(matched.code_firm, matched.name_firm, matched.old_firm) as firm_id,
    matched.name as name_as_listed,
    matched.designation,
    matched.what as event,
    matched.certificate_no,
    matched.issued_on,
    matched.valid_from as granted_on,
    matched.valid_from,
    coalesce(
        matched.valid_to,
        case when validity.is_year_end then make_date(year(matched.valid_from), 12, 31) end,
        matched.valid_from + to_years(validity.years::integer)
    )::date as valid_to,
    case
        when matched.code_firm is not null then 'code'
        when matched.name_firm is not null then matched.name_method
        when matched.old_firm is not null then 'former_name'
        when matched.name_method = 'ambiguous' then 'ambiguous'
        else 'none'
    end as match_method,
    matched.feed,
    matched.delivery_id,
    matched.sheet,
    matched.row_no
from matched
left join validity
    on matched.designation = validity.designation
    and matched.valid_from >= validity.in_force_from
    and (validity.in_force_to is null or matched.valid_from <= validity.in_force_to)
qualify row_number() over (partition by title_id order by validity.in_force_from desc nulls last, validity.years asc) = 1
