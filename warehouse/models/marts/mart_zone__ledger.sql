-- One row per comparison, followed title and step of a waterfall: the start, each cause in order, the end. A cause gives the title
-- to firms (gained) and takes it from firms (lost); firms_after counts the firms after the step.
-- key: comparison, measure, designation, step
-- scope: zone
with steps as (
    select
        total.comparison,
        total.measure,
        total.designation,
        cause.cause as step,
        cause.seq,
        count(*) filter (parts.moved > 0) as gained,
        count(*) filter (parts.moved < 0) as lost,
        coalesce(sum(parts.moved), 0)::bigint as moved
    from position_total as total
    cross join ref_causes as cause
    left join core_firm__ledger_parts as parts
        on total.comparison = parts.comparison and total.measure = parts.measure and total.designation = parts.designation
        and cause.cause = parts.cause
    group by all
    union all by name
    select comparison, measure, designation, 'start' as step, 0 as seq, total_from as moved from position_total
    union all by name
    select comparison, measure, designation, 'end' as step, (select max(ref_causes.seq) + 1 from ref_causes) as seq, 0 as moved from position_total
)

select
    steps.comparison,
    steps.measure,
    steps.designation,
    designation.zh,
    designation.en,
    steps.seq,
    steps.step,
    steps.gained,
    steps.lost,
    case when steps.step in (select ref_causes.cause from ref_causes) then steps.moved end as moved,
    sum(steps.moved) over (partition by steps.comparison, steps.measure, steps.designation order by steps.seq)::bigint as firms_after
from steps
inner join ref_designations as designation using (designation)
