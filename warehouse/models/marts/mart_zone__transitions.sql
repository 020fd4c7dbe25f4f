-- One row per pair of states on the previous day and on the day, zero included: firms, their share of those that began there with its
-- interval (Wilson, each share for itself), and the totals of row and column. Firms that were there on neither day are left out.
-- key: from_state, to_state
-- scope: zone
-- The holders of a rung are known on a day by a list that may still be valid. Where a rung has only lists that have run out by then, or
-- no rung has any, it is unknown whether a firm that no list names holds one.
with covered as (
    select evaluation_day.day, count(lists.designation) > 0 and count(lists.designation) = count(stated.designation) as is_covered
    from evaluation_day
    left join (
        select core_rung__lists.* from core_rung__lists
        inner join ref_designations using (designation)
        where ref_designations.rank is not null
    ) as lists on evaluation_day.day >= lists.first_on
    left join core_title__stated as stated on lists.designation = stated.designation and evaluation_day.day = stated.day
    group by evaluation_day.day
),

positions as (
    select
        rung.firm_id,
        rung.day,
        case when rung.state = 'none' and not covered.is_covered then 'unknown' else rung.state end as state
    from core_firm__rung_on as rung
    inner join covered using (day)
),

moves as (
    select before.state as from_state, now.state as to_state, count(*) as firms
    from positions as now
    inner join positions as before using (firm_id)
    inner join parameter on now.day = parameter.day and before.day = parameter.previous_day
    group by all
),

cells as (
    select
        from_states.state as from_state,
        from_states.seq as from_seq,
        from_states.zh as from_zh,
        from_states.en as from_en,
        to_states.state as to_state,
        to_states.seq as to_seq,
        to_states.zh as to_zh,
        to_states.en as to_en,
        coalesce(moves.firms, 0) as firms
    from ref_states as from_states
    cross join ref_states as to_states
    left join moves on from_states.state = moves.from_state and to_states.state = moves.to_state
    where from_states.state <> 'gone' and to_states.state <> 'absent' and not (from_states.state = 'absent' and to_states.state = 'gone')
)

select
    parameter.previous_day,
    parameter.day,
    cells.*,
    sum(cells.firms) over (partition by cells.from_state)::bigint as from_firms,
    sum(cells.firms) over (partition by cells.to_state)::bigint as to_firms,
    cells.firms / nullif(sum(cells.firms) over (partition by cells.from_state), 0) as share,
    wilson_bound(cells.firms, sum(cells.firms) over (partition by cells.from_state), -limits.z) as share_low,
    wilson_bound(cells.firms, sum(cells.firms) over (partition by cells.from_state), limits.z) as share_high
from cells
cross join parameter
cross join ref_time_limits as limits
order by cells.from_seq, cells.to_seq
