"""The steps of a run: plain functions that join the data with the rules.

Each takes the plan and works on its build file, so each can be run, timed and tested without Prefect.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from flows import buckets
from flows.landed_files import landed_files
from flows.plan import Plan
from flows.progress import say, step
from flows.terminal.language import of_both
from flows.unchanged import definitions_hash, fingerprint
from service.decisions import applications
from warehouse import recipe
from warehouse.casebook import set_aside
from warehouse.casebook.statements import Casebook, write_events
from warehouse.database.build import Build, Snapshot
from warehouse.database.touched import Touched
from warehouse.intake import landing, refusals
from warehouse.intake.feed import load_feeds
from warehouse.intake.refusals import Refusal
from warehouse.intake.unrecognised import unrecognised
from warehouse.ledger import gate, ledger
from warehouse.outputs import incubators, report_cards, supplier_counts
from warehouse.quality import check
from warehouse.quality.quarantine import listing
from warehouse.quality.unit_guard import factors
from warehouse.quality.unit_guard.guard import Guarded, in_build
from warehouse.release import casebook_check, delta, held, inspection, knowledge, numbering, releases, run_files
from warehouse.release.disclosure import frozen_totals, purpose
from warehouse.rows import Row


def land_files(plan: Plan) -> None:
    """Keep every original of the inbox; report which files fit no feed."""
    with step("收存文件", "land files"):
        landed = landing.land(plan.inbox, plan.home, load_feeds(), plan.started_at)
        cut_short = set_aside.set_aside_cut_short(plan.home, landed.new, plan.started_at) if landed.new else []
    out_of_use = knowledge.out_of_use(plan.home, plan.known)
    unknown = [entry.error for entry in unrecognised(plan.home) if entry.path.stem not in out_of_use]
    landed_files(landed, cut_short, unknown)


def load_rows(plan: Plan) -> None:
    """Every row of every delivery into the build, as text; where the last release allows it, what new ones touch."""
    with step("装入各行", "load rows"):
        purpose.require_purpose_kept()
        releases.tidy(plan.home)
        held.complete(plan.home)
        with releases.newest_open(plan.home):
            casebook_check.require_past(plan.home)
            deliveries, events = knowledge.deliveries(plan.home, plan.known), knowledge.events(plan.home, plan.known)
            refused = refusals.standing(plan.home, definitions_hash(), deliveries)
            made_by = definitions_hash(), plan.place
            basis = None if plan.known else delta.basis_of(plan.home, made_by, deliveries, events, refused)
        if basis is not None and _is_loaded_upon(plan, basis, refused):
            return
        delta.discard(plan.build)
        with recipe.open_new(plan.build) as build:
            recipe.load_rows(build, plan.home, deliveries, refused)
            recipe.write_inputs(build, events, _parameters(plan))


def _is_loaded_upon(plan: Plan, basis: delta.Basis, refused: Mapping[str, Refusal]) -> bool:
    """Load what is new and what it touches in the release; False where all must be loaded."""
    with recipe.open_new(plan.build) as build:
        recipe.load_rows(build, plan.home, basis.new, refused)
        if not delta.add_affected(build, basis, load_feeds()):
            return False
        recipe.write_inputs(build, basis.events, _parameters(plan))
        return True


def _parameters(plan: Plan) -> recipe.Parameters:
    return recipe.Parameters(plan.day, plan.previous_day, plan.place, plan.run_id)


def build_staging(plan: Plan) -> None:
    """Types and base units; rows that fail a check go to quarantine."""
    with step("校验与隔离", "check and quarantine"), Build.open(plan.build) as build:
        guarded = recipe.build_staging(build)
        if plan.known is None:  # a rebuilt past states nothing new
            _keep_guarded(plan, build, guarded)
        check.stop_on(recipe.check_staging(build))


def _keep_guarded(plan: Plan, build: Build, guarded: Guarded) -> None:
    """Proposals and peers of the guard become statements, which count as known to this run."""
    casebook, newest = Casebook(plan.home), knowledge.newest_statement(build)
    current = factors.in_force(casebook.statements(factors.KIND))
    own = factors.keep_proposals(casebook, guarded.proposals, current, in_build(build, current), plan.started_at)
    own |= factors.keep_peers(casebook, guarded.peers, plan.started_at)
    if own:
        known = [event for event in knowledge.events(plan.home, None) if event.seq <= newest or event.seq in own]
        write_events(build, known)


def build_core(plan: Plan) -> None:
    """Firms, names, titles, yearly figures: one row each."""
    with step("归集企业", "build firms and titles"), Build.open(plan.build) as build:
        recipe.build_core(build)
        check.stop_on(check.check_layer(build, "core"))


def build_facts(plan: Plan) -> None:
    """One row for each firm and day: what the rules may ask for."""
    with step("形成事实", "build facts"):
        with Build.open(plan.build) as build:
            release = delta.release_of(build)
            if release is None or delta.has_same_days(build):
                _build_facts(plan, build)
                return
        with delta.merged(plan.build, release, ("staging", "core")) as build:
            _build_facts(plan, build)


def _build_facts(plan: Plan, build: Build) -> None:
    """In a large zone by bucket, with the rules; before them only what every bucket reads."""
    if buckets.buckets_of_run(plan, build):
        check.stop_on(buckets.build_before(build))
    else:
        recipe.build_facts(build)
        check.stop_on(check.check_layer(build, "facts"))


def classify_firms(plan: Plan) -> None:
    """Every edition in force on either day, for all firms."""
    with step("逐条评价", "classify firms"):
        with Build.open(plan.build) as build:
            parts = buckets.buckets_of_run(plan, build)
            if not parts:
                _classify_firms(build)
        if parts:
            check.stop_on(buckets.classify(plan, parts))


def _classify_firms(build: Build) -> None:
    recipe.classify_firms(build)
    check.stop_on(check.check_results(build))
    recipe.build_ladder(build)
    check.stop_on(check.check_layer(build, "ladder"))
    recipe.build_movement(build)
    check.stop_on(check.check_layer(build, "movement"))


def build_marts(plan: Plan) -> None:
    """The tables that pages, extracts and the command line read; from here on a build is complete and must add up."""
    with step("汇总动向", "build marts"):
        with Build.open(plan.build) as build:
            release = delta.release_of(build)
            if release is not None:
                check.stop_on(check.check_layer(build, "marts", delta.build_firm_tables(build, "marts")))
            else:
                is_in_parts = buckets.buckets_of_run(plan, build)
                _complete(plan, build, buckets.build_marts if is_in_parts else recipe.build_marts)
        if release is not None:
            with delta.merged(plan.build, release, ("staging", "core", "facts", "ladder", "movement")) as build:
                build_tables = partial(delta.build_zone_tables, layer="marts", touched=delta.REPLACED)
                _complete(plan, build, build_tables, delta.REPLACED)


def _complete(
    plan: Plan, build: Build, build_tables: Callable[[Build], list[str]], touched: Touched | None = None
) -> None:
    """The checks across firms, the row of the run, the ledger, the marts that are missing; ``touched`` by a part."""
    check.stop_on(check.check_zone(build))
    recipe.estimate_odds(build, touched)
    _record_run(plan, build)
    ledger.write(build, _release_before(plan), touched)
    tables = build_tables(build)
    supplier_counts.write(build, _release_before(plan), plan.run_id)
    _freeze_totals(plan, build)
    check.stop_on(check.check_layer(build, "marts", tables))
    if plan.known is None:
        numbering.number(build, plan.home, plan.run_id)


def _record_run(plan: Plan, build: Build) -> None:
    newest = knowledge.newest_statement(build)
    releases.record_run(
        build,
        run_id=plan.run_id,
        day=plan.day,
        previous_day=plan.previous_day,
        place=plan.place,
        started_at=plan.started_at,
        published_at=datetime.now(UTC),
        version=version("tidu"),
        fingerprint=fingerprint(plan, newest),
        definitions=definitions_hash(),
        newest_delivery=max((sent.seq for sent in knowledge.deliveries(plan.home, plan.known, newest)), default=0),
        newest_statement=newest,
    )


def _freeze_totals(plan: Plan, build: Build) -> None:
    """A published total of a period stays until enough firms have changed; a rebuilt run followed its own."""
    frozen = frozen_totals.freeze(build, _release_before(plan), plan.run_id, partial(releases.path_of, plan.home))
    few = of_both("变动的企业太少，沿用上次公布的汇总", "too few firms changed: kept as published before")
    for total, periods in frozen.items():
        if periods:
            say(f"{total}: {', '.join(periods)} {few}", "·")


def _release_before(plan: Plan) -> Path | None:
    """The release that a run follows; a rebuilt run followed its own."""
    return releases.newest(plan.home) if plan.known is None else plan.follows


BUILD_STEPS = (load_rows, build_staging, build_core, build_facts, classify_firms, build_marts)
"""The steps that make a build, in their order: what runs, rebuilds and trials have in common."""


def publish_release(plan: Plan) -> None:
    """Extracts, report cards and the list of quarantined rows are written aside and follow the release.

    Where more firms changed than the publish gate allows the release is held instead.
    """
    with step("发布", "publish"):
        if (over := _write_files(plan)) and not plan.even_so:
            held.hold(plan.home, plan.build, plan.run_id)
            return
        releases.publish(plan.home, plan.build, plan.run_id)
    _close_applications(plan)
    if over:
        why = of_both(*gate.describe(over))
        say(f"{of_both('--even-so，照发', 'published by --even-so')}: {why}", "·")


def _write_files(plan: Plan) -> list[Row]:
    """The files that follow the release, written aside; returns what is over a limit of the publish gate."""
    files = run_files.aside(plan.home, plan.run_id)
    earlier = [releases.path_of(plan.home, run_id) for run_id in releases.runs(plan.home)]
    with Snapshot.open(plan.build):  # what is open already is opened again for a twentieth of the cost
        incubators.write_extracts(plan.build, files.extracts, None)
        report_cards.write_cards([plan.build, *earlier], files.report_cards)
        listing.write_report(plan.build, files.quarantine)
        inspection.inspect(plan.build)  # as ``releases.seal`` does, which asks once for each version of a file
        return gate.exceeded(plan.build)


def _close_applications(plan: Plan) -> None:
    """Applications that were filed and are now granted by a list are closed, in the casebook, for the next run."""
    if closed := applications.close_by_lists(plan.home, datetime.now(UTC)):
        say(f"{len(closed)} {of_both('项申报已由名单结案', 'applications closed by a list')}", "·")
