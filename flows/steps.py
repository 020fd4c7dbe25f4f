"""The steps of a run: plain functions that join what we know with what the rules say.

Each takes the plan and works on its build file, so each can be run, timed and tested without Prefect.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

import polars as pl

from flows.plan import Plan
from flows.progress import say, step
from flows.unchanged import definitions_hash, fingerprint
from tiers import evaluate, load_rulebook
from tiers.evaluation.wide import Layout, layouts_of, stored
from warehouse import reference
from warehouse.casebook import set_aside
from warehouse.casebook.statements import Casebook, write_statements
from warehouse.database import writing
from warehouse.errors import CheckStoppedRelease
from warehouse.intake import landing, load, refusals
from warehouse.intake.feed import load_feeds
from warehouse.intake.refusals import Refusal
from warehouse.intake.strangers import strangers
from warehouse.models import building
from warehouse.outputs import incubators, report_cards
from warehouse.quality import check, findings
from warehouse.quality.quarantine import decisions, listing
from warehouse.quality.unit_guard import factors
from warehouse.quality.unit_guard.converting import work_in_factors
from warehouse.quality.unit_guard.guard import Guarded, guard_units, in_build
from warehouse.release import casebook_check, delta, knowledge, releases, run_files
from warehouse.release.disclosure import frozen_totals, purpose
from warehouse.rule_exchange import exchange, results


def land_files(plan: Plan) -> None:
    """Keep every original of the inbox; say which files fit no feed."""
    with step("收存文件", "land files"):
        landed = landing.land(plan.inbox, plan.home, load_feeds(), plan.started_at)
    for name in landed.ignored:
        say(f"[yellow]·[/yellow] {name}: 不属于任何已定义的来源，未收存 fits no feed, left alone")
    for name in landed.waiting:
        say(f"[yellow]·[/yellow] {name}: 正在写入，留待下次运行 still being written, left for the next run")
    out_of_use = set_aside.standing(knowledge.statements(plan.home, plan.known))
    for trouble in [*landed.refused, *(one.error for one in strangers(plan.home) if one.path.stem not in out_of_use)]:
        say(f"[yellow]✗[/yellow] {trouble!s}")


def load_rows(plan: Plan) -> None:
    """Every row of every delivery into the build, as text; where the last release allows it, what new ones touch."""
    with step("装入各行", "load rows"):
        purpose.require_purpose_kept()
        releases.tidy(plan.home)
        casebook_check.require_past(plan.home)
        deliveries = knowledge.deliveries(plan.home, plan.known)
        said = knowledge.statements(plan.home, plan.known)
        made_by = definitions_hash(), plan.place
        refused = refusals.standing(plan.home, definitions_hash(), deliveries)
        basis = None if plan.known else delta.basis_of(plan.home, made_by, deliveries, said, refused)
        if basis is None or not _loaded_upon(plan, basis, refused):
            plan.build.unlink(missing_ok=True)
            load.load(plan.build, plan.home, load_feeds(), deliveries, refused)
            findings.describe_reader_findings(plan.build)
        with writing(plan.build) as con:
            reference.load_seeds(plan.build)
            write_statements(con, said)
            decisions.apply_corrections(con, load_feeds())
            delta.write_keys(con, load_feeds().values())
            building.set_parameters(
                plan.build,
                day=plan.day,
                previous_day=plan.previous_day,
                place=plan.place,
                run_id=plan.run_id,
            )


def _loaded_upon(plan: Plan, basis: delta.Basis, refused: Mapping[str, Refusal]) -> bool:
    load.load(plan.build, plan.home, load_feeds(), basis.new, refused)
    findings.describe_reader_findings(plan.build)
    return delta.bring(plan.build, basis, load_feeds())


def build_staging(plan: Plan) -> None:
    """Types and base units; rows that fail a check go to quarantine."""
    with step("校验与隔离", "check and quarantine"), writing(plan.build):
        guarded_staging(plan)
        _stop_on_critical(check.check_layer(plan.build, "staging"))


def guarded_staging(plan: Plan) -> None:
    """Confirmed unit factors into the typed rows; then the guard, before any sum hides what unit it is in."""
    with writing(plan.build) as con:
        building.build_layer(plan.build, "staging")
        factors.write_decisions(con)
        work_in_factors(con)
        found = guard_units(plan.build)
        if plan.known is None:  # a rebuilt past says nothing new
            _say(plan, found)


def _say(plan: Plan, found: Guarded) -> None:
    """What the guard proposes and measured is kept as statements; this run has heard them, so they are nothing new."""
    casebook, heard = Casebook(plan.home), knowledge.heard(plan.build)
    judged = in_build(plan.build, factors.standing(casebook.statements(factors.KIND)))
    ours = factors.keep_proposals(casebook, found.proposals, judged, plan.started_at)
    ours |= factors.keep_peers(casebook, found.peers, plan.started_at)
    said = [one for one in casebook.statements() if one.statement_id <= heard or one.statement_id in ours]
    with writing(plan.build) as con:
        write_statements(con, said)


def build_core(plan: Plan) -> None:
    """Firms, names, titles, yearly figures: one row each."""
    with step("归集企业", "build firms and titles"), writing(plan.build):
        exchange.write_reference(plan.build, load_rulebook().tables())
        building.build_layer(plan.build, "core")
        _stop_on_critical(check.check_layer(plan.build, "core"))


def build_facts(plan: Plan) -> None:
    """One row for each firm and day: what the rules may ask for."""
    with step("形成事实", "build facts"):
        if delta.is_part(plan.build) and not delta.asks_the_same(plan.build):
            delta.merge(plan.build, ("staging", "core"))
        with writing(plan.build):
            building.build_layer(plan.build, "facts")
            _stop_on_critical(check.check_layer(plan.build, "facts"))


def classify_firms(plan: Plan) -> None:
    """Every edition in force on either day, for all firms, bucket by bucket so that memory stays flat."""
    with step("逐条评价", "classify firms"), writing(plan.build):
        layouts = _layouts(plan)
        _start_results(plan, layouts)
        for bucket in exchange.buckets(plan.build):
            facts = exchange.facts(plan.build, bucket)
            for layout in layouts:
                _classify(plan, layout, facts.filter(pl.col("day") == layout.day))
        _stop_on_critical(check.check_results(plan.build))
        building.build_layer(plan.build, "ladder")
        _stop_on_critical(check.check_layer(plan.build, "ladder"))


def _layouts(plan: Plan) -> list[Layout]:
    """How the answers of both days are stored; the evaluation day first."""
    book, days = load_rulebook(), dict.fromkeys((plan.day, plan.previous_day))
    return layouts_of(
        {day: book.in_force(day, plan.place) for day in days}, {day: book.selected(day, plan.place) for day in days}
    )


def _start_results(plan: Plan, layouts: Sequence[Layout]) -> None:
    editions = pl.concat([layout.edition_columns() for layout in layouts])
    tables = {"ref_verdict_columns": editions, **layouts[0].tables()}
    results.start(plan.build, layouts[0].verdicts, layouts[0].findings, tables)


def _classify(plan: Plan, layout: Layout, facts: pl.DataFrame) -> None:
    """Findings are kept for the evaluation day alone; of the day compared with, verdicts are enough."""
    sheet = evaluate(facts, [part.edition for part in layout.editions], layout.day).sheet
    results.write(plan.build, results.VERDICTS, stored(sheet, layout.day, layout.verdicts))
    if layout.day == plan.day:
        results.write(plan.build, results.FINDINGS, stored(sheet, layout.day, layout.findings))


def build_marts(plan: Plan) -> None:
    """The tables that pages, extracts and the command line read; from here on a build is whole and must add up."""
    with step("汇总动向", "build marts"):
        is_part = delta.is_part(plan.build)
        if is_part:
            own = delta.build_firms_own(plan.build, "marts")
            _stop_on_critical(check.check_layer(plan.build, "marts", own))
            delta.merge(plan.build, ("staging", "core", "facts", "ladder"))
        with writing(plan.build):
            _stop_on_critical(check.check_whole(plan.build))
            _record_run(plan)
            rest = (delta.build_zones_own if is_part else building.build_layer)(plan.build, "marts")
            _hold_totals(plan)
            _stop_on_critical(check.check_layer(plan.build, "marts", rest))


def _record_run(plan: Plan) -> None:
    heard = knowledge.heard(plan.build)
    releases.record_run(
        plan.build,
        run_id=plan.run_id,
        day=plan.day,
        previous_day=plan.previous_day,
        place=plan.place,
        started_at=plan.started_at,
        published_at=datetime.now(UTC),
        version=version("tidu"),
        fingerprint=fingerprint(plan, heard),
        definitions=definitions_hash(),
        newest_delivery=max((one.seq for one in knowledge.deliveries(plan.home, plan.known, heard)), default=0),
        newest_statement=heard,
    )


def _hold_totals(plan: Plan) -> None:
    """What was told of a period stays until enough firms have changed; a rebuilt run followed its own."""
    before = releases.newest(plan.home) if plan.known is None else plan.follows
    held = frozen_totals.hold(plan.build, before, plan.run_id, lambda run_id: releases.path_of(plan.home, run_id))
    for total, periods in held.items():
        if periods:
            say(
                f"[yellow]·[/yellow] {total}: {'、'.join(periods)} 变动的企业太少，沿用上次公布的汇总"
                " too few firms changed: told as it was before"
            )


def publish_release(plan: Plan) -> None:
    """Extracts, report cards and the list of quarantined rows are written aside and follow the release."""
    with step("发布", "publish"):
        files = run_files.aside(plan.home, plan.run_id)
        incubators.write_extracts(plan.build, files.extracts, None)
        earlier = [releases.path_of(plan.home, one) for one in releases.runs(plan.home)]
        report_cards.write_cards([plan.build, *earlier], files.report_cards)
        listing.write_report(plan.build, files.quarantine)
        releases.publish(plan.home, plan.build, plan.run_id)


def _stop_on_critical(found: list[check.Breach]) -> None:
    """A critical breach ends the run, and what is published stays as it is."""
    if found:
        lines = "\n".join(f"  {breach.table} {breach.rule_id}: {breach.message}" for breach in found)
        raise CheckStoppedRelease(f"关键校验未通过，未发布 A critical check failed, nothing was published:\n{lines}")
