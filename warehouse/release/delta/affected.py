"""The part of a warehouse that new deliveries affect: their rows, and all rows of the last release linked to them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.casebook.events import Event
from warehouse.casebook.statements import Statement, statements_of
from warehouse.database.build import Build, Snapshot
from warehouse.definition import read_yaml
from warehouse.home import Home
from warehouse.identity import joins
from warehouse.intake.feed import Feed
from warehouse.intake.landing import Delivery
from warehouse.models import graph
from warehouse.quality.quarantine.decisions import CORRECT, KINDS, address, restore
from warehouse.quality.unit_guard import factors
from warehouse.release import releases
from warehouse.release.delta.decision_links import write_decision_links
from warehouse.release.delta.keys import KEY_COLUMNS, write_keys
from warehouse.release.firm_events import firms_of, is_about_firms

ABOUT_ROWS = (*KINDS, factors.KIND)
TOUCHING = (*ABOUT_ROWS, *joins.KINDS)
"""Kinds of statements whose subjects name the rows or firms they affect."""

SETTINGS = Path(__file__).with_name("settings.yml")


@dataclass(frozen=True)
class Basis:
    """A release that a run may build upon, and what was delivered and decided since."""

    release: Path
    new: tuple[Delivery, ...]
    events: tuple[Event, ...]
    new_events: tuple[Event, ...]


def basis_of(
    home: Home,
    made_by: tuple[str, str],
    deliveries: Iterable[Delivery],
    events: Iterable[Event],
    refused: Collection[str] = (),
) -> Basis | None:
    """The current release with the deliveries and events it lacks; None where everything must be rebuilt.

    It must be made by the same definitions for the same place (``made_by``), from deliveries and events that are
    all still there and none of which was ``refused`` since. Statements about rows, reports, names and firms, and events
    with a firm, name what they affect; any other may affect every firm.
    """
    path = releases.newest(home)
    if path is None:
        return None
    with Snapshot.open(path) as snapshot:
        if snapshot.tuples("select definitions, place from run") != [made_by]:
            return None
        loaded = set(snapshot.column("select delivery_id from deliveries"))
        known = loaded | set(snapshot.column("select delivery_id from rejection"))
        stated = set(snapshot.column("select seq from event"))
    now, then = {delivery.delivery_id: delivery for delivery in deliveries}, tuple(events)
    new_events = tuple(event for event in then if event.seq not in stated)
    if not stated <= {event.seq for event in then}:
        return None
    firms = firms_of(then)
    if any(is_about_firms(event) and event.kind not in TOUCHING and event.stream not in firms for event in new_events):
        return None
    if not known <= now.keys() or not loaded.isdisjoint(refused):
        return None
    new = tuple(delivery for delivery in now.values() if delivery.delivery_id not in known)
    return Basis(path, new, then, new_events)


def add_affected(build: Build, basis: Basis, feeds: Mapping[str, Feed]) -> bool:
    """Add to a build of new rows the linked rows of the release; False where all must be loaded instead.

    That is where a feed or a list of titles is delivered for the first time, which may change every firm's facts, or
    where a feed that every firm's facts may depend on is delivered.
    """
    build.attach(basis.release, "before")
    write_keys(build, feeds.values())
    _start(build, basis)
    shared = feeds_of_all_firms(feeds)
    if _has_a_new_kind(build) or any(delivery.feed in shared for delivery in basis.new) or not _add_linked(build):
        return False
    with build.together():
        _add_all(build, shared)
        _add_rows(build, feeds)
        build.execute("insert into deliveries by name select * from before.deliveries")
        build.execute("insert into rejection by name select * from before.rejection")
        of = "create table part_of as select $1 as release, day, previous_day from before.parameter"
        build.execute(of, [str(basis.release)])
    return True


def _add_rows(build: Build, feeds: Mapping[str, Feed]) -> None:
    """Add the rows of the part from the release, as they were delivered; of other feeds no query is planned."""
    with_rows = build.column("select distinct feed from before.deliveries semi join part_row using (delivery_id)")
    for name in sorted(feeds.keys() & set(with_rows)):
        build.execute(
            f"insert into raw_{name} by name select raw.* from before.raw_{name} as raw"  # noqa: S608
            " semi join part_row using (delivery_id, sheet, row_no)"
        )
    restore(build, feeds, "before.correction")


def _start(build: Build, basis: Basis) -> None:
    """``part_key`` and ``part_row``: the new rows by their keys, and what statements made since are about."""
    build.execute("create table part_key as select distinct key from load_key")
    build.execute("create table part_row (delivery_id varchar, sheet varchar, row_no bigint)")
    new_statements = statements_of(basis.new_events)
    for statement in new_statements:
        if statement.kind in ABOUT_ROWS:
            _start_with_row(build, statement)
    write_decision_links(build, new_statements)
    build.execute("insert into part_key select firm_key from decision_link")
    firms = firms_of(basis.events)
    for firm in sorted({firm for event in basis.new_events for firm in firms.get(event.stream, ())}):
        build.execute("insert into part_key select hash($1::varchar)", [firm])
    write_decision_links(build, statements_of(basis.events))


def _start_with_row(build: Build, statement: Statement) -> None:
    row = address(statement.subject)
    build.execute("insert into part_row values ($1, $2, $3)", [row.delivery_id, row.sheet, row.row_no])
    for field in KEY_COLUMNS.keys() & set(row.rest) if statement.kind == CORRECT else ():
        key = KEY_COLUMNS[field].format("$1::varchar")
        build.execute(f"insert into part_key select hash({key})", [statement.content.get("value")])


def feeds_of_all_firms(feeds: Mapping[str, Feed]) -> list[str]:
    """The feeds that facts depend on and whose rows name no firm, such as exchange rates."""
    sources = graph.depends_on("core_firm__facts")
    return [
        name for name, feed in feeds.items() if f"raw_{name}" in sources and not KEY_COLUMNS.keys() & set(feed.columns)
    ]


def _add_all(build: Build, feeds: Iterable[str]) -> None:
    """All rows of these feeds belong to the part."""
    for name in feeds:
        build.execute(f"insert into part_row select delivery_id, sheet, row_no from before.raw_{name}")  # noqa: S608


STATED_TITLES = "core_title__stated"
"""The titles whose holders are listed: a firm that is not on the list does not hold the title."""


def _has_a_new_kind(build: Build) -> bool:
    """Whether a new delivery is of a feed without an earlier delivery, or lists a title without an earlier list."""
    before = ", ".join(
        f"{table} as (from before.{table})" for table in sorted(graph.reads(STATED_TITLES) - {"deliveries"})
    )
    model = f"with {before} select * from ({graph.sql_of(STATED_TITLES)})"  # noqa: S608 - our own tables
    newly_stated = f"select designation from ({model}) anti join before.{STATED_TITLES} using (designation, day)"  # noqa: S608
    new_feeds = "select feed from deliveries where feed not in (select feed from before.deliveries)"
    return bool(build.tuples(f"{new_feeds} union all {newly_stated}"))


@cache
def _largest_share() -> float:
    return float(read_yaml(SETTINGS)[0]["largest_share"])


def _add_linked(build: Build) -> bool:
    """Add rows of the release linked to rows of the part, step by step until none is left; False for too many."""
    rows = build.value("select coalesce(sum(rows_read), 0) from before.deliveries")
    while True:
        for sql in LINKED_ROWS:
            build.execute(sql)
        if build.value("select count(*) from part_row") > rows * _largest_share():
            return False
        if not build.value(LINKED_KEYS):
            return True


LINKED_ROWS = (
    "insert into part_row select distinct delivery_id, sheet, row_no from before.load_key"
    " semi join part_key using (key) anti join part_row using (delivery_id, sheet, row_no)",
    "insert into part_row select distinct delivery_id, sheet, row_no from before.core_mention"
    " inner join decision_link using (mention_id) where firm_key in (select key from part_key)"
    " and mention_id not in (select mention_key(delivery_id, sheet, row_no) from part_row)",
)
"""Rows that share a key with the part, and rows that a person joined to a firm of the part."""

LINKED_KEYS = """
insert into part_key
with linked as (
    select key from before.load_key semi join part_row using (delivery_id, sheet, row_no)
    union
    select key from decision_link where firm_key in (select part_key.key from part_key) and key is not null
    union
    select firm_key as key from decision_link where key in (select part_key.key from part_key)
    union
    select firm_key as key from decision_link
    where mention_id in (select mention_key(delivery_id, sheet, row_no) from part_row)
)
select key from linked anti join part_key using (key)
"""
"""Keys of the part's rows, and of the names, rows and firms that statements link to them."""
