-- One row per title, group of like firms and length of stay at which one of them left, or of full years: Kaplan–Meier share that stays
-- longer, with its interval by the log of minus the log (Kalbfleisch and Prentice), and the shares that had left by cause (Aalen–Johansen).
-- A firm is at risk on the days after its observation begins. The curve ends where fewer remain at risk than the limit, and there is
-- none where so few are observed from the beginning. Of a cohort, risen are the firms that reached the title.
-- key: designation, level, stratum, days
-- scope: zone
with members as (
    from core_rung__stays
    union all by name
    from core_rung__cohorts
),

-- Each stay counts from the day after it is first observed to its last day.
changes_of_risk as (
    select designation, level, stratum, from_days as days, null as years, stays as change, 0 as ending, '' as cause from members
    union all
    select designation, level, stratum, days, null as years, -stays as change, stays as ending, cause from members
    union all
    select designation, level, stratum, round(years * 365.25) as days, years, 0 as change, 0 as ending, '' as cause
    from core_rung__groups
    cross join ref_time_limits as limits
    cross join lateral (select unnest(range(1, limits.cohort_years + 1)) as years) as grid
),

large_enough as (
    select * from core_rung__groups where is_large_enough
),

by_days as (
    select
        designation,
        level,
        stratum,
        days,
        max(years) as years,
        sum(change) as change,
        coalesce(sum(ending) filter (where cause = 'risen'), 0)::bigint as risen,
        coalesce(sum(ending) filter (where cause = 'lost'), 0)::bigint as lost,
        coalesce(sum(ending) filter (where cause = 'dissolved'), 0)::bigint as dissolved
    from changes_of_risk
    semi join large_enough using (designation, level, stratum)
    group by all
),

at_risk as (
    select
        * exclude (change),
        coalesce(sum(change) over earlier, 0)::bigint as at_risk,
        risen + lost + dissolved as exits
    from by_days
    window earlier as (partition by designation, level, stratum order by days asc rows between unbounded preceding and 1 preceding)
),

estimable as (
    select * from at_risk
    where days > 0
    qualify bool_and(at_risk >= (select at_risk_min from ref_time_limits)) over (
        partition by designation, level, stratum order by days asc rows between unbounded preceding and current row
    )
),

products as (
    select
        *,
        product(1 - exits / at_risk) over so_far as staying,
        sum(exits / nullif(at_risk * (at_risk - exits), 0)) over so_far as hazard_variance
    from estimable
    where exits > 0 or years is not null
    window so_far as (partition by designation, level, stratum order by days asc rows between unbounded preceding and current row)
),

with_before as (
    select products.*, coalesce(lag(staying) over (partition by designation, level, stratum order by days asc), 1) as staying_before
    from products
)

select
    with_before.designation,
    with_before.level,
    with_before.stratum,
    with_before.days::integer as days,
    with_before.years::integer as years,
    large_enough.firms,
    large_enough.stays,
    large_enough.stays_may_have_begun_earlier,
    with_before.at_risk,
    with_before.exits,
    with_before.risen,
    with_before.lost,
    with_before.dissolved,
    with_before.staying as staying_share,
    loglog_bound(with_before.staying, with_before.hazard_variance, limits.z) as staying_low,
    loglog_bound(with_before.staying, with_before.hazard_variance, -limits.z) as staying_high,
    sum(with_before.staying_before * with_before.risen / with_before.at_risk) over so_far as risen_share,
    sum(with_before.staying_before * with_before.lost / with_before.at_risk) over so_far as lost_share,
    sum(with_before.staying_before * with_before.dissolved / with_before.at_risk) over so_far as dissolved_share
from with_before
inner join large_enough using (designation, level, stratum)
cross join ref_time_limits as limits
window so_far as (
    partition by with_before.designation, with_before.level, with_before.stratum
    order by with_before.days asc rows between unbounded preceding and current row
)
