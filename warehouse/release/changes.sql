-- What changed between two releases, attached as a (before) and b (after): figures, titles, firms, facts, verdicts, each with
-- its cause: the delivery and row, or the statement. Read by changes.py; every table here depends on service feeds alone.
with figures_a as (
    unpivot (select * exclude (sources, basis, unit_factor) from a_yearly)
    on columns(* exclude (firm_id, year)) into name figure value amount
),

figures_b as (
    unpivot (select * exclude (sources, basis, unit_factor) from b_yearly)
    on columns(* exclude (firm_id, year)) into name figure value amount
),

-- How each source names a firm: its filings by credit code, its annual reports by stock code.
named as (
    select firm_id, 'zone__yearly' as feed, uscc as own from a.core_firm where uscc is not null
    union
    select firm_id, 'zone__yearly' as feed, uscc as own from b.core_firm where uscc is not null
    union
    select firm_id, unnest(['listed__profit', 'listed__balance', 'listed__people']) as feed, stock_code as own from a.core_firm__shares
    union
    select firm_id, unnest(['listed__profit', 'listed__balance', 'listed__people']) as feed, stock_code as own from b.core_firm__shares
),

-- What people decided about rows since, and what they withdrew.
decided_rows as (
    select statement_id, decision, feed, delivery_id, sheet, row_no, field, key from b.decision as now
    where not now.is_gone and now.statement_id not in (select earlier.statement_id from a.decision as earlier where not earlier.is_gone)
),

withdrawn_rows as (
    select feed, delivery_id, sheet, row_no, key from a.decision as earlier
    where not earlier.is_gone and earlier.statement_id not in (select now.statement_id from b.decision as now)
),

decided as (
    select named.firm_id, split_part(said.key, ' ', 2)::integer as year, said.decision, said.field, max(said.statement_id) as statement_id
    from decided_rows as said
    inner join named on said.feed = named.feed and split_part(said.key, ' ', 1) = named.own
    group by all
),

undone as (
    select distinct named.firm_id, split_part(said.key, ' ', 2)::integer as year from withdrawn_rows as said
    inner join named on said.feed = named.feed and split_part(said.key, ' ', 1) = named.own
),

-- Units: a report was converted, or found right as filed, by a statement that one of the two did not know.
reports as (
    select 'zone__yearly' as feed, uscc as own, year, delivery_id, sheet, row_no from b.stg_zone__yearly
    union all
    select 'listed__profit' as feed, stock_code as own, year, delivery_id, sheet, row_no from b.stg_listed__profit
    union all
    select 'listed__balance' as feed, stock_code as own, year, delivery_id, sheet, row_no from b.stg_listed__balance
),

unit_said as (
    select * from b.unit_decision as now where now.statement_id not in (select earlier.statement_id from a.unit_decision as earlier)
    union all
    select * from a.unit_decision as earlier where earlier.statement_id not in (select now.statement_id from b.unit_decision as now)
),

units as (
    select named.firm_id, reports.year, max(unit_said.statement_id) as statement_id
    from unit_said
    inner join reports
        on unit_said.delivery_id = reports.delivery_id and unit_said.feed = reports.feed
        and unit_said.sheet = coalesce(reports.sheet, '') and unit_said.row_no = reports.row_no
    inner join named on reports.feed = named.feed and reports.own = named.own
    group by all
),

withdrawn as (
    select w.uscc as firm_id, w.year, max_by(b.source_text(file.file_name, w.sheet, w.row_no), w.seq) as source
    from b.stg_zone__yearly as w inner join b.deliveries as file using (delivery_id)
    where w.is_withdrawn
    group by all
),

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

mended_year as (
    select firm_id, year, max(statement_id) as statement_id from decided where decision = 'corrected' group by all
),

decided_year as (
    select firm_id, year, arg_max(decision, statement_id) as decision, max(statement_id) as statement_id
    from decided where decision <> 'corrected' group by all
),

explained as (
    select
        figures.*,
        case
            when mended.statement_id is not null then 'corrected'
            when withdrawn.firm_id is not null and yb.firm_id is null then 'withdrawn'
            when decided_year.statement_id is not null then decided_year.decision
            when ya.firm_id is null and mended_year.statement_id is not null then 'corrected'
            when units.statement_id is not null then 'unit_factor'
            when undone.firm_id is not null then 'undone'
            when fa.firm_id is null or fb.firm_id is null then 'identity'
            when ya.firm_id is null and yb.firm_id is not null then 'filed'
            when mended_year.statement_id is not null then 'corrected'
            when ya.sources <> yb.sources then 'restated'
            else 'rules'
        end as why,
        case why
            when 'corrected' then coalesce(mended.statement_id, mended_year.statement_id)
            when 'unit_factor' then units.statement_id
            when decided_year.decision then decided_year.statement_id
        end as statement_id,
        case when why = 'withdrawn' then withdrawn.source else coalesce(hb.source, ha.source) end as source
    from figures
    left join a_yearly as ya on figures.firm_id = ya.firm_id and figures.year = ya.year
    left join b_yearly as yb on figures.firm_id = yb.firm_id and figures.year = yb.year
    left join a.mart_firm__history as ha on figures.firm_id = ha.firm_id and figures.year = ha.year
    left join b.mart_firm__history as hb on figures.firm_id = hb.firm_id and figures.year = hb.year
    left join a.core_firm as fa on figures.firm_id = fa.firm_id
    left join b.core_firm as fb on figures.firm_id = fb.firm_id
    left join withdrawn on figures.firm_id = withdrawn.firm_id and figures.year = withdrawn.year
    left join decided as mended
        on figures.firm_id = mended.firm_id and figures.year = mended.year and mended.decision = 'corrected'
        and figures.figure in (mended.field, mended.field || '_fen')
    left join decided_year on figures.firm_id = decided_year.firm_id and figures.year = decided_year.year
    left join mended_year on figures.firm_id = mended_year.firm_id and figures.year = mended_year.year
    left join undone on figures.firm_id = undone.firm_id and figures.year = undone.year
    left join units on figures.firm_id = units.firm_id and figures.year = units.year
),

-- What people said of names and rows since, or withdrew: each by the mention it is about.
said_of_names as (
    select statement_id, subject from b.statement_standing
    where kind in ('join', 'part') and statement_id not in (select statement_id from a.statement)
    union
    select gone.statement_id, gone.subject from b.statement as gone
    where gone.kind in ('join', 'part') and gone.withdraws is not null
        and gone.statement_id not in (select statement_id from a.statement)
),

named_since as (
    select mention.mention_id as title_id, max(said.statement_id) as statement_id
    from (
        select mention_id, name_norm from a.core_mention
        union
        select mention_id, name_norm from b.core_mention
    ) as mention
    inner join said_of_names as said on said.subject in ('row:' || mention.mention_id, 'name:' || mention.name_norm)
    group by all
),

titles_a as (
    select distinct on (firm_id, designation, event, valid_from, valid_to, certificate_no) * from a.core_title
    where firm_id is not null
    order by issued_on, title_id
),

titles_b as (
    select distinct on (firm_id, designation, event, valid_from, valid_to, certificate_no) * from b.core_title
    where firm_id is not null
    order by issued_on, title_id
),

titles as (
    select
        coalesce(x.firm_id, y.firm_id) as firm_id,
        coalesce(x.designation, y.designation) as designation,
        case when x.firm_id is not null then concat_ws(' ', x.event, x.valid_from, '–', x.valid_to, x.certificate_no) end as before,
        case when y.firm_id is not null then concat_ws(' ', y.event, y.valid_from, '–', y.valid_to, y.certificate_no) end as after,
        b.source_text(file.file_name, coalesce(y.sheet, x.sheet), coalesce(y.row_no, x.row_no)) as source,
        case
            when said.statement_id is not null then said.decision
            when undone.row_no is not null then 'undone'
            when named_since.statement_id is not null then 'identity'
            when y.firm_id is null and (gone.firm_id is null or moved.firm_id is not null) then 'identity'
            when y.firm_id is null then 'rules'
            when known.delivery_id is not null then 'identity'
            when y.issued_on <= (select started_at::date from a.run) then 'late_list'
            else 'listed'
        end as why,
        coalesce(said.statement_id, named_since.statement_id) as statement_id
    from titles_a as x
    full join titles_b as y
        on x.firm_id = y.firm_id and x.designation = y.designation and x.event = y.event
        and x.valid_from is not distinct from y.valid_from and x.valid_to is not distinct from y.valid_to
        and x.certificate_no is not distinct from y.certificate_no
    left join b.deliveries as file on coalesce(y.delivery_id, x.delivery_id) = file.delivery_id
    left join a.deliveries as known on y.delivery_id = known.delivery_id
    left join b.core_firm as gone on x.firm_id = gone.firm_id
    left join (select certificate_no, designation, any_value(firm_id) as firm_id from titles_b group by all) as moved
        on x.certificate_no = moved.certificate_no and x.designation = moved.designation and x.firm_id <> moved.firm_id
    left join (select delivery_id, sheet, row_no, arg_max(decision, statement_id) as decision, max(statement_id) as statement_id from decided_rows group by all)
        as said on coalesce(y.delivery_id, x.delivery_id) = said.delivery_id
        and coalesce(y.sheet, x.sheet, '') = said.sheet and coalesce(y.row_no, x.row_no) = said.row_no
    left join (select distinct delivery_id, sheet, row_no from withdrawn_rows) as undone
        on coalesce(y.delivery_id, x.delivery_id) = undone.delivery_id
        and coalesce(y.sheet, x.sheet, '') = undone.sheet and coalesce(y.row_no, x.row_no) = undone.row_no
    left join named_since on coalesce(y.title_id, x.title_id) = named_since.title_id
    where x.firm_id is null or y.firm_id is null
),

firms as (
    select
        coalesce(x.firm_id, y.firm_id) as firm_id,
        x.name as before,
        y.name as after,
        b.source_text(file.file_name, coalesce(y.sheet, x.sheet), coalesce(y.row_no, x.row_no)) as source,
        said.statement_id,
        case
            when said.statement_id is not null then said.decision
            when x.firm_id is not null and y.firm_id is not null then 'renamed'
            when y.firm_id is null then 'identity'
            when known.delivery_id is null then 'filed'
            else 'identity'
        end as why
    from a.core_firm as x
    full join b.core_firm as y on x.firm_id = y.firm_id
    left join a.deliveries as known on y.delivery_id = known.delivery_id
    left join b.deliveries as file on coalesce(y.delivery_id, x.delivery_id) = file.delivery_id
    left join (select delivery_id, row_no, arg_max(decision, statement_id) as decision, max(statement_id) as statement_id from decided_rows group by all)
        as said on coalesce(y.delivery_id, x.delivery_id) = said.delivery_id and coalesce(y.row_no, x.row_no) = said.row_no
    where x.name is distinct from y.name
),

days as (
    select ra.day = rb.day as is_same, ra.definitions = rb.definitions as has_same_rules, ra.day from a.run as ra, b.run as rb
),

-- By firm and topic, the newest of the rows that were delivered or corrected since.
stated_since as (
    select
        now.firm_id,
        now.topic,
        max_by(
            {'source': now.source, 'statement_id': now.statement_id},
            {'on': coalesce(now.told_on, date '0001-01-01'), 'delivery_id': now.delivery_id, 'sheet': now.sheet, 'row_no': now.row_no}
        ) as newest
    from b.mart_firm__sources as now
    anti join a.mart_firm__sources as earlier
        on now.firm_id = earlier.firm_id and now.topic = earlier.topic and now.delivery_id = earlier.delivery_id
        and now.row_no = earlier.row_no and now.sheet is not distinct from earlier.sheet
        and now.statement_id is not distinct from earlier.statement_id
    group by now.firm_id, now.topic
),

-- Facts of the day, yearly figures apart. On another day they differ by the day, so they are compared on the same alone.
facts as (
    select
        coalesce(x.firm_id, y.firm_id) as firm_id,
        coalesce(x.fact, y.fact) as fact,
        x.amount as before,
        y.amount as after,
        stated_since.newest.source,
        corrected.statement_id,
        case
            when corrected.statement_id is not null then 'corrected'
            when stated_since.firm_id is null and days.has_same_rules then 'data'
            when stated_since.firm_id is null then 'rules'
            when x.amount is null then 'filed'
            else 'restated'
        end as why
    from a_facts as x
    full join b_facts as y on x.firm_id = y.firm_id and x.fact = y.fact
    inner join a.core_firm as xf on coalesce(x.firm_id, y.firm_id) = xf.firm_id
    inner join b.core_firm as yf on coalesce(x.firm_id, y.firm_id) = yf.firm_id
    inner join b.ref_fact_topics as about on coalesce(x.fact, y.fact) = about.fact
    left join stated_since on coalesce(x.firm_id, y.firm_id) = stated_since.firm_id and about.topic = stated_since.topic
    left join (select distinct statement_id from decided_rows) as corrected on stated_since.newest.statement_id = corrected.statement_id
    cross join days
    where x.amount is distinct from y.amount and days.is_same
),

touched as (
    select
        firm_id,
        bool_or(why = 'identity') as is_identity,
        string_agg(distinct source, '; ' order by source) as source,
        max(statement_id) as statement_id
    from (
        select firm_id, why, source, statement_id from explained
        union all
        select firm_id, why, source, statement_id from titles
        union all
        select firm_id, why, source, statement_id from firms
        union all
        select firm_id, why, source, statement_id from facts
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
        coalesce(touched.source, y.edition_id, x.edition_id) as source,
        touched.statement_id,
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
    cross join days
    where x.outcome is distinct from y.outcome
),

all_of_them as (
    select 1 as seq, 'figure' as kind, firm_id, year, figure as what, before, after, why, statement_id, source from explained
    union all by name
    select 2 as seq, 'title' as kind, firm_id, designation as what, before, after, why, statement_id, source from titles
    union all by name
    select 3 as seq, 'firm' as kind, firm_id, 'name' as what, before, after, why, statement_id, source from firms
    union all by name
    select 4 as seq, 'fact' as kind, firm_id, fact as what, before, after, why, statement_id, source from facts
    union all by name
    select 5 as seq, 'verdict' as kind, firm_id, designation as what, before, after, why, statement_id, source from verdicts
)

select all_of_them.kind, all_of_them.firm_id, coalesce(fb.name, fa.name) as name, all_of_them.year, all_of_them.what,
    all_of_them.before, all_of_them.after, all_of_them.why, all_of_them.statement_id, all_of_them.source
from all_of_them
left join a.core_firm as fa on all_of_them.firm_id = fa.firm_id
left join b.core_firm as fb on all_of_them.firm_id = fb.firm_id
order by all_of_them.seq, all_of_them.firm_id, all_of_them.year, all_of_them.what, all_of_them.before, all_of_them.after
