-- One row per change between two releases, attached as a (before) and b (after): of a figure, title, firm name, fact or verdict,
-- with its cause: the delivered row or the statement. Run by changes.py, which also makes the views a_yearly, b_yearly, a_facts
-- and b_facts. Every table read here rests on service feeds only.
with figures_a as (
    unpivot (select * exclude (sources, basis, unit_factor) from a_yearly)
    on columns(* exclude (firm_id, year)) into name figure value amount
),

figures_b as (
    unpivot (select * exclude (sources, basis, unit_factor) from b_yearly)
    on columns(* exclude (firm_id, year)) into name figure value amount
),

-- The key by which each source identifies a firm: yearly forms by credit code, annual reports by stock code.
source_keys as (
    select firm_id, 'zone__yearly' as feed, uscc as source_key from a.core_firm where uscc is not null
    union
    select firm_id, 'zone__yearly' as feed, uscc as source_key from b.core_firm where uscc is not null
    union
    select firm_id, unnest(['listed__profit', 'listed__balance', 'listed__people']) as feed, stock_code as source_key from a.core_firm__shares
    union
    select firm_id, unnest(['listed__profit', 'listed__balance', 'listed__people']) as feed, stock_code as source_key from b.core_firm__shares
),

-- Decisions on rows that only the later release knows, and those that were withdrawn since the earlier one.
row_decisions as (
    select statement_id, decision, feed, delivery_id, sheet, row_no, field from b.decision as new
    where not new.is_gone and new.statement_id not in (select old.statement_id from a.decision as old where not old.is_gone)
),

withdrawn_decisions as (
    select feed, delivery_id, sheet, row_no from a.decision as old
    where not old.is_gone and old.statement_id not in (select new.statement_id from b.decision as new)
),

-- The rows that they are about as delivered, since a row that waits or is rejected is in no staged table.
decided_rows as (
    select 'zone__yearly' as feed, delivery_id, sheet, row_no, uscc as source_key, year from b.raw_zone__yearly
    union all
    select 'listed__profit' as feed, delivery_id, sheet, row_no, stock_code as source_key, year from b.raw_listed__profit
    union all
    select 'listed__balance' as feed, delivery_id, sheet, row_no, stock_code as source_key, year from b.raw_listed__balance
    union all
    select 'listed__people' as feed, delivery_id, sheet, row_no, stock_code as source_key, year from b.raw_listed__people
),

firm_years as (
    select source_key.firm_id, try_cast(row.year as integer) as year, row.feed, row.delivery_id, coalesce(row.sheet, '') as sheet, row.row_no
    from decided_rows as row
    inner join source_keys as source_key on row.feed = source_key.feed and row.source_key = source_key.source_key
),

year_decisions as (
    select firm_year.firm_id, firm_year.year, row_decision.decision, row_decision.field, max(row_decision.statement_id) as statement_id
    from row_decisions as row_decision
    inner join firm_years as firm_year using (feed, delivery_id, sheet, row_no)
    group by all
),

undone_years as (
    select distinct firm_year.firm_id, firm_year.year from withdrawn_decisions
    inner join firm_years as firm_year using (feed, delivery_id, sheet, row_no)
),

-- Unit statements that only one of the two releases knows: each converts a report, or confirms its unit as filed.
reports as (
    select 'zone__yearly' as feed, uscc as source_key, year, delivery_id, sheet, row_no from b.stg_zone__yearly
    union all
    select 'listed__profit' as feed, stock_code as source_key, year, delivery_id, sheet, row_no from b.stg_listed__profit
    union all
    select 'listed__balance' as feed, stock_code as source_key, year, delivery_id, sheet, row_no from b.stg_listed__balance
),

unit_statements as (
    select * from b.unit_decision as new where new.statement_id not in (select old.statement_id from a.unit_decision as old)
    union all
    select * from a.unit_decision as old where old.statement_id not in (select new.statement_id from b.unit_decision as new)
),

unit_changes as (
    select source_key.firm_id, reports.year, max(unit_statements.statement_id) as statement_id
    from unit_statements
    inner join reports
        on unit_statements.delivery_id = reports.delivery_id and unit_statements.feed = reports.feed
        and unit_statements.sheet = coalesce(reports.sheet, '') and unit_statements.row_no = reports.row_no
    inner join source_keys as source_key on reports.feed = source_key.feed and reports.source_key = source_key.source_key
    group by all
),

withdrawn as (
    select
        form.uscc as firm_id,
        form.year,
        max_by([{'delivery_id': form.delivery_id, 'sheet': form.sheet, 'row_no': form.row_no, 'unit_factor': form.unit_factor}], form.seq) as sources
    from b.stg_zone__yearly as form
    where form.is_withdrawn
    group by all
),

changed_figures as (
    select
        coalesce(old.firm_id, new.firm_id) as firm_id,
        coalesce(old.year, new.year) as year,
        coalesce(old.figure, new.figure) as figure,
        old.amount as before,
        new.amount as after
    from figures_a as old
    full join figures_b as new on old.firm_id = new.firm_id and old.year = new.year and old.figure = new.figure
    where old.amount is distinct from new.amount
),

year_correction as (
    select firm_id, year, max(statement_id) as statement_id from year_decisions where decision = 'corrected' group by all
),

year_decision as (
    select firm_id, year, arg_max(decision, statement_id) as decision, max(statement_id) as statement_id
    from year_decisions where decision <> 'corrected' group by all
),

figure_changes as (
    select
        figures.*,
        case
            when correction.statement_id is not null then 'corrected'
            when withdrawn.firm_id is not null and new_year.firm_id is null then 'withdrawn'
            when year_decision.statement_id is not null then year_decision.decision
            when old_year.firm_id is null and year_correction.statement_id is not null then 'corrected'
            when unit_changes.statement_id is not null then 'unit_factor'
            when undone.firm_id is not null then 'undone'
            when old_firm.firm_id is null or new_firm.firm_id is null then 'identity'
            when old_year.firm_id is null and new_year.firm_id is not null then 'filed'
            when year_correction.statement_id is not null then 'corrected'
            when old_year.sources <> new_year.sources then 'restated'
            else 'rules'
        end as why,
        case why
            when 'corrected' then coalesce(correction.statement_id, year_correction.statement_id)
            when 'unit_factor' then unit_changes.statement_id
            when year_decision.decision then year_decision.statement_id
        end as statement_id,
        case
            when why = 'withdrawn' then withdrawn.sources
            else list_transform(coalesce(new_year.sources, old_year.sources), lambda place:
                {'delivery_id': place.delivery_id, 'sheet': place.sheet, 'row_no': place.row_no, 'unit_factor': place.unit_factor})
        end as sources
    from changed_figures as figures
    left join a_yearly as old_year on figures.firm_id = old_year.firm_id and figures.year = old_year.year
    left join b_yearly as new_year on figures.firm_id = new_year.firm_id and figures.year = new_year.year
    left join a.core_firm as old_firm on figures.firm_id = old_firm.firm_id
    left join b.core_firm as new_firm on figures.firm_id = new_firm.firm_id
    left join withdrawn on figures.firm_id = withdrawn.firm_id and figures.year = withdrawn.year
    left join year_decisions as correction
        on figures.firm_id = correction.firm_id and figures.year = correction.year and correction.decision = 'corrected'
        and figures.figure in (correction.field, correction.field || '_fen')
    left join year_decision on figures.firm_id = year_decision.firm_id and figures.year = year_decision.year
    left join year_correction on figures.firm_id = year_correction.firm_id and figures.year = year_correction.year
    left join undone_years as undone on figures.firm_id = undone.firm_id and figures.year = undone.year
    left join unit_changes on figures.firm_id = unit_changes.firm_id and figures.year = unit_changes.year
),

-- Identity decisions on names and rows made or withdrawn since, then the newest by mention.
name_decisions as (
    select statement_id, subject from b.statement_standing
    where kind in ('join', 'part') and statement_id not in (select statement_id from a.statement)
    union
    select withdrawal.statement_id, withdrawal.subject from b.statement as withdrawal
    where withdrawal.kind in ('join', 'part') and withdrawal.withdraws is not null
        and withdrawal.statement_id not in (select statement_id from a.statement)
),

mention_decision as (
    select mention.mention_id as title_id, max(name_decision.statement_id) as statement_id
    from (
        select mention_id, name_norm from a.core_mention
        union
        select mention_id, name_norm from b.core_mention
    ) as mention
    inner join name_decisions as name_decision on name_decision.subject in ('row:' || mention.mention_id, 'name:' || mention.name_norm)
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

title_changes as (
    select
        coalesce(old.firm_id, new.firm_id) as firm_id,
        coalesce(old.designation, new.designation) as designation,
        case when old.firm_id is not null then concat_ws(' ', old.event, old.valid_from, '–', old.valid_to, old.certificate_no) end as before,
        case when new.firm_id is not null then concat_ws(' ', new.event, new.valid_from, '–', new.valid_to, new.certificate_no) end as after,
        [{
            'delivery_id': coalesce(new.delivery_id, old.delivery_id),
            'sheet': case when new.delivery_id is null then old.sheet else new.sheet end,
            'row_no': coalesce(new.row_no, old.row_no),
            'unit_factor': null
        }] as sources,
        case
            when row_decision.statement_id is not null then row_decision.decision
            when undone.row_no is not null then 'undone'
            when mention_decision.statement_id is not null then 'identity'
            when new.firm_id is null and (new_firm.firm_id is null or reassigned.firm_id is not null) then 'identity'
            when new.firm_id is null then 'rules'
            when old_delivery.delivery_id is not null then 'identity'
            when new.issued_on <= (select started_at::date from a.run) then 'late_list'
            else 'listed'
        end as why,
        coalesce(row_decision.statement_id, mention_decision.statement_id) as statement_id
    from titles_a as old
    full join titles_b as new
        on old.firm_id = new.firm_id and old.designation = new.designation and old.event = new.event
        and old.valid_from is not distinct from new.valid_from and old.valid_to is not distinct from new.valid_to
        and old.certificate_no is not distinct from new.certificate_no
    left join a.deliveries as old_delivery on new.delivery_id = old_delivery.delivery_id
    left join b.core_firm as new_firm on old.firm_id = new_firm.firm_id
    left join (select certificate_no, designation, any_value(firm_id) as firm_id from titles_b group by all) as reassigned
        on old.certificate_no = reassigned.certificate_no and old.designation = reassigned.designation and old.firm_id <> reassigned.firm_id
    left join (select delivery_id, sheet, row_no, arg_max(decision, statement_id) as decision, max(statement_id) as statement_id from row_decisions group by all)
        as row_decision on coalesce(new.delivery_id, old.delivery_id) = row_decision.delivery_id
        and coalesce(new.sheet, old.sheet, '') = row_decision.sheet and coalesce(new.row_no, old.row_no) = row_decision.row_no
    left join (select distinct delivery_id, sheet, row_no from withdrawn_decisions) as undone
        on coalesce(new.delivery_id, old.delivery_id) = undone.delivery_id
        and coalesce(new.sheet, old.sheet, '') = undone.sheet and coalesce(new.row_no, old.row_no) = undone.row_no
    left join mention_decision on coalesce(new.title_id, old.title_id) = mention_decision.title_id
    where old.firm_id is null or new.firm_id is null
),

firm_changes as (
    select
        coalesce(old.firm_id, new.firm_id) as firm_id,
        old.name as before,
        new.name as after,
        [{
            'delivery_id': coalesce(new.delivery_id, old.delivery_id),
            'sheet': case when new.delivery_id is null then old.sheet else new.sheet end,
            'row_no': coalesce(new.row_no, old.row_no),
            'unit_factor': null
        }] as sources,
        row_decision.statement_id,
        case
            when row_decision.statement_id is not null then row_decision.decision
            when old.firm_id is not null and new.firm_id is not null then 'renamed'
            when new.firm_id is null then 'identity'
            when old_delivery.delivery_id is null then 'filed'
            else 'identity'
        end as why
    from a.core_firm as old
    full join b.core_firm as new on old.firm_id = new.firm_id
    left join a.deliveries as old_delivery on new.delivery_id = old_delivery.delivery_id
    left join (select delivery_id, row_no, arg_max(decision, statement_id) as decision, max(statement_id) as statement_id from row_decisions group by all)
        as row_decision on coalesce(new.delivery_id, old.delivery_id) = row_decision.delivery_id and coalesce(new.row_no, old.row_no) = row_decision.row_no
    where old.name is distinct from new.name
),

days as (
    select ra.day = rb.day as is_same, ra.definitions = rb.definitions as has_same_rules, ra.day from a.run as ra, b.run as rb
),

-- By firm and topic, the newest row that was delivered or corrected since; its day had another name in older releases.
new_source as (
    select
        new.firm_id,
        new.topic,
        max_by(
            {'delivery_id': new.delivery_id, 'sheet': new.sheet, 'row_no': new.row_no, 'statement_id': new.statement_id},
            {'on': coalesce(columns('^(as_of|told_on)$'), date '0001-01-01'), 'delivery_id': new.delivery_id, 'sheet': new.sheet, 'row_no': new.row_no}
        ) as newest
    from b.mart_firm__sources as new
    anti join a.mart_firm__sources as old
        on new.firm_id = old.firm_id and new.topic = old.topic and new.delivery_id = old.delivery_id
        and new.row_no = old.row_no and new.sheet is not distinct from old.sheet
        and new.statement_id is not distinct from old.statement_id
    group by new.firm_id, new.topic
),

-- Facts without yearly figures; compared only between releases of one evaluation day, because facts depend on the day.
fact_changes as (
    select
        coalesce(old.firm_id, new.firm_id) as firm_id,
        coalesce(old.fact, new.fact) as fact,
        old.amount as before,
        new.amount as after,
        case
            when new_source.firm_id is not null then [{
                'delivery_id': new_source.newest.delivery_id,
                'sheet': new_source.newest.sheet,
                'row_no': new_source.newest.row_no,
                'unit_factor': null
            }]
        end as sources,
        corrected.statement_id,
        case
            when corrected.statement_id is not null then 'corrected'
            when new_source.firm_id is null and days.has_same_rules then 'data'
            when new_source.firm_id is null then 'rules'
            when old.amount is null then 'filed'
            else 'restated'
        end as why
    from a_facts as old
    full join b_facts as new on old.firm_id = new.firm_id and old.fact = new.fact
    inner join a.core_firm as old_firm on coalesce(old.firm_id, new.firm_id) = old_firm.firm_id
    inner join b.core_firm as new_firm on coalesce(old.firm_id, new.firm_id) = new_firm.firm_id
    inner join b.ref_fact_topics as fact_topic on coalesce(old.fact, new.fact) = fact_topic.fact
    left join new_source on coalesce(old.firm_id, new.firm_id) = new_source.firm_id and fact_topic.topic = new_source.topic
    left join (select distinct statement_id from row_decisions) as corrected on new_source.newest.statement_id = corrected.statement_id
    cross join days
    where old.amount is distinct from new.amount and days.is_same
),

firm_causes as (
    select
        firm_id,
        bool_or(why = 'identity') as is_identity,
        list_sort(list_distinct(flatten(list(sources) filter (sources is not null)))) as sources,
        max(statement_id) as statement_id
    from (
        select firm_id, why, sources, statement_id from figure_changes
        union all
        select firm_id, why, sources, statement_id from title_changes
        union all
        select firm_id, why, sources, statement_id from firm_changes
        union all
        select firm_id, why, sources, statement_id from fact_changes
    ) as changed
    group by all
),

verdicts_a as (
    select v.firm_id, v.designation, v.edition_id, v.outcome from a.core_tiers__verdicts as v, a.run where v.day = run.day and v.is_selected
),

verdicts_b as (
    select v.firm_id, v.designation, v.edition_id, v.outcome from b.core_tiers__verdicts as v, b.run where v.day = run.day and v.is_selected
),

verdict_changes as (
    select
        coalesce(old.firm_id, new.firm_id) as firm_id,
        coalesce(old.designation, new.designation) as designation,
        old.outcome as before,
        new.outcome as after,
        firm_causes.sources,
        coalesce(new.edition_id, old.edition_id) as edition_id,
        firm_causes.statement_id,
        case
            when firm_causes.is_identity then 'identity'
            when old.edition_id <> new.edition_id and days.is_same then 'rules'
            when firm_causes.firm_id is not null and days.is_same then 'data'
            when firm_causes.firm_id is not null then 'data_and_day'
            when not days.is_same then 'day'
            when days.has_same_rules then 'data'
            else 'rules'
        end as why
    from verdicts_a as old
    full join verdicts_b as new using (firm_id, designation)
    left join firm_causes on firm_causes.firm_id = coalesce(old.firm_id, new.firm_id)
    cross join days
    where old.outcome is distinct from new.outcome
),

all_changes as (
    select 1 as seq, 'figure' as kind, firm_id, year, figure as what, before, after, why, statement_id, sources from figure_changes
    union all by name
    select 2 as seq, 'title' as kind, firm_id, designation as what, before, after, why, statement_id, sources from title_changes
    union all by name
    select 3 as seq, 'firm' as kind, firm_id, 'name' as what, before, after, why, statement_id, sources from firm_changes
    union all by name
    select 4 as seq, 'fact' as kind, firm_id, fact as what, before, after, why, statement_id, sources from fact_changes
    union all by name
    select 5 as seq, 'verdict' as kind, firm_id, designation as what, before, after, why, statement_id, sources, edition_id from verdict_changes
)

select all_changes.kind, all_changes.firm_id, coalesce(new_firm.name, old_firm.name) as name, all_changes.year, all_changes.what,
    all_changes.before, all_changes.after, all_changes.why, all_changes.statement_id, all_changes.edition_id, all_changes.sources
from all_changes
left join a.core_firm as old_firm on all_changes.firm_id = old_firm.firm_id
left join b.core_firm as new_firm on all_changes.firm_id = new_firm.firm_id
order by all_changes.seq, all_changes.firm_id, all_changes.year, all_changes.what, all_changes.before, all_changes.after
