-- One row per firm, signal and rung above those held: near it, near it for years, one condition away, past it, or one figure short of
-- an answer.
-- key: firm_id, signal, designation
-- scope: firm
with above as (
    select rung.*, min(rung.rank) filter (where not rung.is_closed) over (partition by rung.firm_id) as reachable_rank
    from core_firm__rungs as rung
    where rung.rank > rung.held_rank
),

short as (
    select
        above.*,
        figure.value,
        figure.line,
        above.open_conditions <= limits.near_miss_open_conditions_at_most
        and above.gap <= limits.near_miss_share_of_line_at_most * abs(figure.line) as is_near,
        above.gap <= limits.near_miss_for_years_share_of_line_at_most * abs(figure.line) as was_near
    from above
    cross join ref_signal_limits as limits
    inner join core_firm__figures as figure using (firm_id, edition_id, condition_id)
    where above.outcome = 'not_met' and not above.is_closed and above.opens_on is null
),

closing as (
    select short.*, earlier.gap - short.gap as pace
    from short
    inner join core_tiers__earlier as earlier using (firm_id, designation)
    where short.is_near and earlier.years_ago = 1 and earlier.gap > short.gap
),

near_before as (
    select short.firm_id, short.designation, arg_max(earlier.gap, earlier.years_ago) as previous, count(*) as years
    from short
    cross join ref_signal_limits as limits
    inner join core_tiers__earlier as earlier using (firm_id, designation)
    where short.was_near
        and earlier.years_ago < limits.near_miss_for_years_years_at_least
        and earlier.gap > 0
        and earlier.gap <= limits.near_miss_for_years_share_of_line_at_most * abs(short.line)
    group by short.firm_id, short.designation
),

missing as (
    select firm_id, designation, count(*) as facts from core_tiers__missing
    group by firm_id, designation
)

select
    'near_miss' as signal,
    closing.firm_id,
    closing.designation,
    closing.edition_id,
    closing.condition_id,
    'closing' as reason,
    closing.value,
    closing.line as required,
    closing.gap,
    closing.gap_unit,
    closing.pace,
    -- figures are those of years: it is met by the end of so many years after the last
    make_date(year(parameter.day)::integer - 1 + ceil(closing.gap / closing.pace)::integer, 12, 31) as due_on,
    null::varchar as missing_fact,
    null::double as previous,
    null::integer as years
from closing
cross join parameter
cross join ref_signal_limits as limits
where closing.gap <= limits.near_miss_years_at_most * closing.pace
union all by name
select
    'near_miss_for_years' as signal,
    short.firm_id,
    short.designation,
    short.edition_id,
    short.condition_id,
    'stays' as reason,
    short.value,
    short.line as required,
    short.gap,
    short.gap_unit,
    near_before.previous,
    near_before.years::integer + 1 as years
from short
inner join near_before using (firm_id, designation)
cross join ref_signal_limits as limits
where near_before.years + 1 >= limits.near_miss_for_years_years_at_least
union all by name
select
    'blocked' as signal,
    short.firm_id,
    short.designation,
    short.edition_id,
    short.condition_id,
    'one_condition' as reason,
    short.value,
    short.line as required,
    short.gap,
    short.gap_unit
from short
cross join ref_signal_limits as limits
where short.open_conditions <= limits.blocked_open_conditions_at_most
    and coalesce(short.gap <= limits.blocked_share_of_line_at_most * abs(short.line), true)
union all by name
select
    'outgrown' as signal,
    above.firm_id,
    above.designation,
    above.edition_id,
    above.closed_condition as condition_id,
    'closed' as reason,
    figure.value,
    figure.line as required,
    null::double as gap,
    null::varchar as gap_unit
from above
inner join core_firm__figures as figure
    on above.firm_id = figure.firm_id and above.edition_id = figure.edition_id and above.closed_condition = figure.condition_id
where above.is_closed and above.rank < coalesce(above.reachable_rank, above.rank + 1)
union all by name
select
    'one_figure_decides' as signal,
    above.firm_id,
    above.designation,
    above.edition_id,
    above.condition_id,
    'missing' as reason,
    figure.line as required,
    above.missing_fact
from above
inner join missing using (firm_id, designation)
cross join ref_signal_limits as limits
inner join core_firm__figures as figure using (firm_id, edition_id, condition_id)
where above.outcome = 'unknown'
    and above.missing_fact is not null
    and missing.facts <= limits.one_figure_decides_missing_figures_at_most
