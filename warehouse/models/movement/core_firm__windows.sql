-- One row per firm and filing window that it could use: it meets the designation, or only judgement is left, and does not hold it, or
-- may file again by then. The windows are those of the most specific place that has any in a year. Where none that is still to close is
-- published, one row without a day says whether the next is expected or nothing is known.
-- key: firm_id, duty, period
-- scope: firm
with local_window as (
    select windows.*
    from ref_windows as windows
    inner join parameter on lies_in(parameter.place, windows.place)
    qualify dense_rank() over (partition by windows.designation, windows.year order by length(windows.place) desc) = 1
),

dated as (
    select local_window.*
    from local_window
    cross join parameter
    cross join ref_due_limits as limits
    where local_window.closes_on between parameter.day and parameter.day + limits.horizon_days::integer
),

-- the year that is asked about: this one, or the next where this one's windows are over
undated_year as (
    select
        title.designation,
        year(parameter.day) + coalesce(bool_or(local_window.closes_on < parameter.day), false)::integer as year
    from ref_window_titles as title
    cross join parameter
    left join local_window on title.designation = local_window.designation and year(parameter.day) = local_window.year
    where title.designation not in (select dated.designation from dated)
    group by title.designation, parameter.day
),

upcoming as (
    select *, year::varchar || '-' || batch as period from dated
    union all by name
    select
        undated_year.designation,
        undated_year.year,
        undated_year.year::varchar as period,
        coalesce(local_window.status, 'unknown') as status,
        local_window.opens_on,
        local_window.document,
        local_window.clause,
        local_window.confidence,
        coalesce(local_window.basis_zh, title.unpublished_zh) as basis_zh,
        coalesce(local_window.basis_en, title.unpublished_en) as basis_en
    from undated_year
    inner join ref_window_titles as title using (designation)
    left join local_window on undated_year.designation = local_window.designation and undated_year.year = local_window.year and local_window.batch = 1
)

select
    verdict.firm_id,
    title.duty,
    upcoming.period,
    upcoming.opens_on,
    upcoming.closes_on as due_on,
    case when upcoming.closes_on is null then 'undated' else 'open' end as state,
    upcoming.status as window_status,
    upcoming.basis_zh,
    upcoming.basis_en,
    upcoming.document,
    upcoming.clause,
    upcoming.confidence
from core_tiers__ladder_verdicts as verdict
inner join parameter using (day)
inner join core_firm as firm using (firm_id)
left join ref_editions as edition on verdict.edition_id = edition.edition_id
inner join ref_window_titles as title on verdict.designation = title.designation
inner join upcoming on verdict.designation = upcoming.designation
left join core_firm__held as held
    on verdict.firm_id = held.firm_id and verdict.designation = held.designation and verdict.day = held.day
where verdict.outcome in ('met', 'judgement')
    and coalesce(edition.has_figures, true)
    and firm.is_living is not false
    and (held.title_id is null or year(held.valid_to) <= upcoming.year - (title.may_file = 'after_it_ends')::integer)
