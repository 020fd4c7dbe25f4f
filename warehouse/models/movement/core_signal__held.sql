-- One row per firm, signal and title held: it ends soon, its conditions are no longer met, are met by little, or by less
-- each year.
-- key: firm_id, signal, designation
-- scope: firm
with living as (
    select firm_id from core_firm__position inner join parameter using (day)
    where is_living
),

-- the conditions by which a title is met; time alone does not lose what it brought
margins as (
    select
        rung.firm_id,
        rung.designation,
        rung.edition_id,
        figure.condition_id,
        figure.value,
        figure.line,
        0.0 - figure.distance as margin,
        condition.unit,
        condition.seq
    from core_firm__rungs as rung
    inner join core_firm__figures as figure on rung.firm_id = figure.firm_id and rung.edition_id = figure.edition_id
    inner join ref_conditions as condition
        on figure.edition_id = condition.edition_id and figure.condition_id = condition.condition_id
    where rung.is_held
        and rung.outcome in ('met', 'judgement')
        and figure.is_met
        and (condition.route is null or condition.route is not distinct from rung.route)
        and not (condition.unit in ('day', 'year') and condition.operator in ('at_least', 'more_than'))
        and margin >= 0
),

thinnest as (
    select margins.*
    from margins
    cross join ref_signal_limits as limits
    where margins.margin <= limits.margin_thin_share_of_line_at_most * abs(margins.line)
    qualify row_number() over (
        partition by margins.firm_id, margins.designation order by margins.margin / nullif(abs(margins.line), 0), margins.seq
    ) = 1
),

-- the margin of each year beside that of the year before
by_year as (
    select
        firm_id,
        designation,
        condition_id,
        years_ago,
        lead(margin) over by_condition as before,
        margin < lead(margin) over by_condition and lead(years_ago) over by_condition = years_ago + 1 as has_fallen
    from (
        select firm_id, designation, condition_id, 0 as years_ago, margin from margins
        union all by name
        select firm_id, designation, condition_id, years_ago, margin from core_tiers__earlier_margins
    ) as known
    window by_condition as (partition by firm_id, designation, condition_id order by years_ago)
),

fallen as (
    select by_year.firm_id, by_year.designation, by_year.condition_id, max(by_year.before) filter (where by_year.years_ago = 0) as previous
    from by_year
    cross join ref_signal_limits as limits
    where by_year.has_fallen and by_year.years_ago < limits.margin_thin_falls_at_least
    group by all
    having count(*) >= any_value(limits.margin_thin_falls_at_least)
),

-- of those the one that is gone first
falling as (
    select margins.*, fallen.previous, margins.margin / (fallen.previous - margins.margin) as years_left
    from margins
    cross join ref_signal_limits as limits
    inner join fallen
        on margins.firm_id = fallen.firm_id and margins.designation = fallen.designation
        and margins.condition_id = fallen.condition_id
    where margins.margin <= limits.margin_thin_years_left_at_most * (fallen.previous - margins.margin)
    qualify row_number() over (partition by margins.firm_id, margins.designation order by years_left, margins.seq) = 1
)

select
    'title_ending' as signal,
    held.firm_id,
    held.designation,
    null::varchar as edition_id,
    null::varchar as condition_id,
    'ends' as reason,
    null::double as value,
    null::double as required,
    null::double as gap,
    null::varchar as gap_unit,
    held.valid_to as due_on,
    (held.valid_to - parameter.day)::integer as days
from core_firm__held as held
inner join parameter on held.day = parameter.day
semi join living on held.firm_id = living.firm_id
cross join ref_signal_limits as limits
where held.valid_to <= parameter.day + to_days(limits.title_ending_days_at_most::integer)
union all by name
select
    'name_without_substance' as signal,
    rung.firm_id,
    rung.designation,
    rung.edition_id,
    figure.condition_id,
    'fails' as reason,
    figure.value,
    figure.line as required,
    rung.gap,
    condition.unit as gap_unit,
    rung.valid_to as due_on
from core_firm__rungs as rung
inner join core_firm__figures as figure
    on rung.firm_id = figure.firm_id and rung.edition_id = figure.edition_id
    and coalesce(rung.closed_condition, rung.condition_id) = figure.condition_id
inner join ref_conditions as condition
    on figure.edition_id = condition.edition_id and figure.condition_id = condition.condition_id
where rung.is_held and rung.outcome = 'not_met'
union all by name
select
    'margin_thin' as signal,
    thinnest.firm_id,
    thinnest.designation,
    thinnest.edition_id,
    thinnest.condition_id,
    'thin' as reason,
    thinnest.value,
    thinnest.line as required,
    thinnest.margin as gap,
    thinnest.unit as gap_unit
from thinnest
union all by name
select
    'margin_thin' as signal,
    falling.firm_id,
    falling.designation,
    falling.edition_id,
    falling.condition_id,
    'falling' as reason,
    falling.value,
    falling.line as required,
    falling.margin as gap,
    falling.unit as gap_unit,
    falling.previous,
    ceil(falling.years_left)::integer as years
from falling
anti join thinnest on falling.firm_id = thinnest.firm_id and falling.designation = thinnest.designation
