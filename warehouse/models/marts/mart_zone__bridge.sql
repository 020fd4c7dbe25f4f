-- One row per target not yet due and bar, and the total of the bars: firms, and how many of them are expected to count, from
-- low to high. The range holds what the odds leave open and, of firms that move or not by themselves, chance.
-- key: zone, measure, year, bar
-- scope: zone
with summed as (
    select
        zone,
        measure,
        year,
        coalesce(bar, 'total') as bar,
        count(*) as firms,
        count(*) filter (where expected is null) as without_odds,
        count(*) filter (where low = 1) as certain,
        sum(low) as low_sum,
        coalesce(sum(expected), 0) as expected,
        sum(high) as high_sum,
        sqrt(coalesce(sum(expected * (1 - expected)), 0)) as spread
    from mart_zone__bridge_firms
    group by grouping sets ((zone, measure, year, bar), (zone, measure, year))
)

select
    target.zone,
    target.measure,
    measure.zh,
    measure.en,
    target.year,
    target.due_on,
    target.document,
    target.unit,
    target.target,
    coalesce(summed.bar, 'total') as bar,
    coalesce(summed.firms, 0) as firms,
    coalesce(summed.without_odds, 0) as without_odds,
    round(coalesce(greatest(summed.low_sum - limits.deviations * summed.spread, summed.certain), 0), 2) as low,
    round(coalesce(summed.expected, 0), 2) as expected,
    round(coalesce(least(summed.high_sum + limits.deviations * summed.spread, summed.firms), 0), 2) as high,
    target.due_on > parameter.day + to_months(limits.horizon_months) as is_beyond_horizon
from core_target as target
inner join ref_measures as measure on target.measure = measure.measure and measure.kind in ('stock', 'new')
inner join parameter on target.due_on >= parameter.day
cross join ref_odds_limits as limits
left join summed
    on target.zone = summed.zone and target.measure = summed.measure and target.year = summed.year
