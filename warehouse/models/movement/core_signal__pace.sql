-- One row per living firm that grows more slowly or stopped filing; designation is the highest rung held, or that of the report.
-- key: firm_id, signal, designation
-- scope: firm
with living as (
    select position.firm_id, coalesce(held.designation, '') as designation
    from core_firm__position as position
    inner join parameter using (day)
    left join ref_designations as held on position.held_rank = held.rank
    where position.is_living
),

growth as (
    select
        facts.firm_id,
        facts.revenue_fen_y0 * 100.0 / facts.revenue_fen_y1 - 100 as last_year,
        facts.revenue_fen_y1 * 100.0 / facts.revenue_fen_y2 - 100 as year_before
    from core_firm__facts as facts
    inner join parameter using (day)
    where facts.revenue_fen_y1 > 0 and facts.revenue_fen_y2 > 0
),

season as (
    select
        year(parameter.day) - 1 as year,
        (parameter.day - make_date(year(parameter.day)::integer - 1, 12, 31))::integer as days,
        limits.silent_days_after_year_end_at_least as days_from
    from parameter
    cross join ref_signal_limits as limits
    where days >= days_from
),

last_reports as (
    select firm_id, max(year) as last_year from core_firm__yearly
    group by firm_id
),

given as (
    select
        'slowed' as signal,
        growth.firm_id,
        living.designation,
        null::varchar as condition_id,
        'fell' as reason,
        growth.last_year as value,
        limits.slowed_fall_points_at_least as required,
        growth.year_before as previous,
        growth.year_before - growth.last_year as gap,
        'percent' as gap_unit,
        null::integer as days,
        null::integer as year,
        null::integer as last_report_year
    from growth
    inner join living using (firm_id)
    cross join ref_signal_limits as limits
    where growth.year_before >= limits.slowed_growth_before_pct_at_least
        and growth.year_before - growth.last_year >= limits.slowed_fall_points_at_least
    union all by name
    select
        'silent' as signal,
        last_reports.firm_id,
        living.designation,
        'no_report' as reason,
        season.days_from as required,
        season.days,
        season.year::integer as year,
        last_reports.last_year::integer as last_report_year
    from last_reports
    inner join living using (firm_id)
    inner join core_firm as firm using (firm_id)
    inner join season on last_reports.last_year < season.year
    anti join core_report__waiting as waiting on firm.firm_id = waiting.firm_id and season.year = waiting.year
    union all by name
    select
        'silent' as signal,
        filings.firm_id,
        filings.designation,
        'not_filed' as reason,
        season.days_from as required,
        season.days,
        season.year::integer as year
    from core_firm__filings as filings
    inner join living on filings.firm_id = living.firm_id
    inner join season on filings.year = season.year
    where filings.is_not_filed and filings.filing = 'annual_report'
)

-- a firm that neither reports nor files gives one signal of silence a designation
select * from given
qualify row_number() over (partition by firm_id, signal, designation order by reason) = 1
