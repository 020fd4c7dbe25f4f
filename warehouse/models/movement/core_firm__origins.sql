-- One row per firm, cohort it belongs to (level: of its founding, or of its first title, whose name begins the stratum) and title that it
-- may reach from there: when it did, and until when it is known not to have.
-- key: firm_id, level, designation
-- scope: firm
with first_term as (
    select firm_id, designation, min(entered_on) as entered_on, arg_min(begins_renewed, entered_on) as begins_renewed
    from core_firm__title_terms
    group by firm_id, designation
),

first_title as (
    select first_term.* from first_term
    left join ref_designations as designation using (designation)
    qualify row_number() over (
        partition by first_term.firm_id order by first_term.entered_on asc, designation.rank asc nulls last, first_term.designation asc
    ) = 1
),

origins as (
    select
        firm.firm_id,
        'founded' as level,
        firm.founded_on as origin_on,
        null::varchar as first_designation,
        year(firm.founded_on)::integer as cohort_year,
        year(firm.founded_on)::varchar as stratum,
        designation.designation
    from core_firm as firm
    inner join parameter on firm.founded_on <= parameter.day
    cross join ref_designations as designation
    where designation.rank is not null
    union all
    select
        first_title.firm_id,
        'first_title' as level,
        first_title.entered_on as origin_on,
        first_title.designation as first_designation,
        year(first_title.entered_on)::integer as cohort_year,
        first_title.designation || '/' || year(first_title.entered_on) as stratum,
        succession.above as designation
    from first_title
    inner join ref_successions as succession using (designation)
    where not first_title.begins_renewed
)

select
    origins.firm_id,
    origins.level,
    origins.designation,
    origins.stratum,
    origins.first_designation,
    origins.cohort_year,
    origins.origin_on,
    first_term.entered_on as reached_on,
    coalesce(gone.gone_on is not null and gone.ending = 'dissolved', false) as is_dissolved,
    case when gone.firm_id is null then parameter.day else coalesce(gone.gone_on, gone.seen_on) end as known_until
from origins
cross join parameter
left join first_term using (firm_id, designation)
left join core_firm__gone as gone using (firm_id)
