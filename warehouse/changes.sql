-- What changed between two releases, attached as a (before) and b (after): figures, titles, firms, verdicts, each with
-- its cause. Asked by changes.py; every table read here rests on service feeds alone.
with figures_a as (
    unpivot (select * exclude (source, basis) from a_yearly)
    on columns(* exclude (firm_id, year)) into name figure value amount
),

figures_b as (
    unpivot (select * exclude (source, basis) from b_yearly)
    on columns(* exclude (firm_id, year)) into name figure value amount
),

-- What people decided since: of the row of this firm and year, by the key of the yearly form.
decided as (
    select d.key, d.decision, d.field, max(d.statement_id) as statement_id
    from b.decision as d
    where d.feed = 'zone__yearly' and not d.is_gone
        and d.statement_id not in (select statement_id from a.decision where not is_gone)
    group by all
),

undone as (
    select distinct d.key from a.decision as d
    where d.feed = 'zone__yearly' and not d.is_gone and d.statement_id not in (select statement_id from b.decision)
),

withdrawn as (select distinct uscc, year from b.stg_zone__yearly where is_withdrawn),

figures as (
    select
        coalesce(x.firm_id, y.firm_id) as firm_id,
        coalesce(x.year, y.year) as year,
        coalesce(x.figure, y.figure) as figure,
        x.amount as before,
        y.amount as after
    from figures_a as x
    full join figures_b as y on x.firm_id = y.firm_id and x.year = y.year and x.figure = y.figure
    where x.amount is distinct from y.amount
),

explained as (
    select
        figures.*,
        coalesce(mended.statement_id, row_decision.statement_id, let_in.statement_id) as statement_id,
        ya.source as source_a,
        yb.source as source_b,
        case
            when mended.statement_id is not null then 'corrected'
            when withdrawn.uscc is not null and yb.firm_id is null then 'withdrawn'
            when row_decision.statement_id is not null then row_decision.decision
            when ya.firm_id is null and let_in.key is not null then 'corrected'
            when undone.key is not null then 'undone'
            when fa.firm_id is null or fb.firm_id is null then 'identity'
            when ya.source is null and yb.source is not null then 'filed'
            when ya.source <> yb.source then 'restated'
            when units.n > 0 then 'unit_factor'
            else 'rules'
        end as why
    from figures
    left join a_yearly as ya on figures.firm_id = ya.firm_id and figures.year = ya.year
    left join b_yearly as yb on figures.firm_id = yb.firm_id and figures.year = yb.year
    left join a.core_firm as fa on figures.firm_id = fa.firm_id
    left join b.core_firm as fb on figures.firm_id = fb.firm_id
    left join withdrawn on figures.firm_id = withdrawn.uscc and figures.year = withdrawn.year
    left join decided as mended
        on mended.key = figures.firm_id || ' ' || figures.year and mended.decision = 'corrected'
        and figures.figure in (mended.field, mended.field || '_fen')
    left join (select key, max(decision) as decision, max(statement_id) as statement_id from decided where decision <> 'corrected' group by key)
        as row_decision on row_decision.key = figures.firm_id || ' ' || figures.year
    left join (
        select key, max(statement_id) as statement_id from decided where decision = 'corrected' group by key
    ) as let_in on let_in.key = figures.firm_id || ' ' || figures.year
    left join undone on undone.key = figures.firm_id || ' ' || figures.year
    cross join (
        select count(*) as n from b.statement as said_b
        where said_b.kind like 'unit%' and said_b.statement_id not in (select said_a.statement_id from a.statement as said_a)
    ) as units
),

titles_a as (select distinct firm_id, designation, event, valid_from, valid_to, certificate_no from a.core_title where firm_id is not null),

titles_b as (
    select firm_id, designation, event, valid_from, valid_to, certificate_no, min(issued_on) as issued_on, min(delivery_id) as delivery_id
    from b.core_title where firm_id is not null group by all
),

titles as (
    select
        coalesce(x.firm_id, y.firm_id) as firm_id,
        coalesce(x.designation, y.designation) as designation,
        case when x.firm_id is not null then concat_ws(' ', x.event, x.valid_from, '–', x.valid_to, x.certificate_no) end as before,
        case when y.firm_id is not null then concat_ws(' ', y.event, y.valid_from, '–', y.valid_to, y.certificate_no) end as after,
        file.file_name as source,
        case
            when y.firm_id is null and (gone.firm_id is null or moved.firm_id is not null) then 'identity'
            when y.firm_id is null then 'rules'
            when known.delivery_id is not null then 'identity'
            when y.issued_on <= (select started_at::date from a.run) then 'late_list'
            else 'listed'
        end as why
    from titles_a as x
    full join titles_b as y
        on x.firm_id = y.firm_id and x.designation = y.designation and x.event = y.event
        and x.valid_from is not distinct from y.valid_from and x.valid_to is not distinct from y.valid_to
        and x.certificate_no is not distinct from y.certificate_no
    left join b.deliveries as file on y.delivery_id = file.delivery_id
    left join a.deliveries as known on y.delivery_id = known.delivery_id
    left join b.core_firm as gone on x.firm_id = gone.firm_id
    left join titles_b as moved
        on x.certificate_no = moved.certificate_no and x.designation = moved.designation and x.firm_id <> moved.firm_id
    where x.firm_id is null or y.firm_id is null
),

firms as (
    select coalesce(x.firm_id, y.firm_id) as firm_id, x.name as before, y.name as after,
        case
            when x.firm_id is not null and y.firm_id is not null then 'renamed'
            when y.firm_id is null then 'identity'
            when known.delivery_id is null then 'filed'
            else 'identity'
        end as why
    from a.core_firm as x
    full join b.core_firm as y on x.firm_id = y.firm_id
    left join a.deliveries as known on y.delivery_id = known.delivery_id
    where x.name is distinct from y.name
),

touched as (
    select firm_id, bool_or(why = 'identity') as is_identity from (
        select firm_id, why from explained
        union all
        select firm_id, why from titles
        union all
        select firm_id, why from firms
    ) as changed
    group by all
),

verdicts_a as (
    select v.firm_id, v.designation, v.edition_id, v.outcome from a.core_tiers__verdicts as v, a.run where v.day = run.day and v.is_selected
),

verdicts_b as (
    select v.firm_id, v.designation, v.edition_id, v.outcome from b.core_tiers__verdicts as v, b.run where v.day = run.day and v.is_selected
),

verdicts as (
    select
        coalesce(x.firm_id, y.firm_id) as firm_id,
        coalesce(x.designation, y.designation) as designation,
        x.outcome as before,
        y.outcome as after,
        y.edition_id as source,
        case
            when touched.is_identity then 'identity'
            when x.edition_id <> y.edition_id and days.is_same then 'rules'
            when touched.firm_id is not null and days.is_same then 'data'
            when touched.firm_id is not null then 'data_and_day'
            when not days.is_same then 'day'
            when days.has_same_rules then 'data'
            else 'rules'
        end as why
    from verdicts_a as x
    full join verdicts_b as y using (firm_id, designation)
    left join touched on touched.firm_id = coalesce(x.firm_id, y.firm_id)
    cross join (
        select ra.day = rb.day as is_same, ra.definitions = rb.definitions as has_same_rules from a.run as ra, b.run as rb
    ) as days
    where x.outcome is distinct from y.outcome
),

all_of_them as (
    select 1 as seq, 'figure' as kind, firm_id, year, figure as what, before, after, why, statement_id,
        coalesce(source_b, source_a) as source from explained
    union all by name
    select 2 as seq, 'title' as kind, firm_id, designation as what, before, after, why, source from titles
    union all by name
    select 3 as seq, 'firm' as kind, firm_id, 'name' as what, before, after, why from firms
    union all by name
    select 4 as seq, 'verdict' as kind, firm_id, designation as what, before, after, why, source from verdicts
)

select all_of_them.kind, all_of_them.firm_id, coalesce(fb.name, fa.name) as name, all_of_them.year, all_of_them.what,
    all_of_them.before, all_of_them.after, all_of_them.why, all_of_them.statement_id, all_of_them.source
from all_of_them
left join a.core_firm as fa on all_of_them.firm_id = fa.firm_id
left join b.core_firm as fb on all_of_them.firm_id = fb.firm_id
order by all_of_them.seq, all_of_them.firm_id, all_of_them.year, all_of_them.what, all_of_them.before, all_of_them.after
