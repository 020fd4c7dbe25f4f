"""The part of a warehouse that new deliveries touch: their rows, and every row of the last release tied to them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.casebook.statements import Statement
from warehouse.database import Build, Snapshot
from warehouse.definition import read_yaml
from warehouse.home import Home
from warehouse.identity import joins
from warehouse.intake.feed import Feed
from warehouse.intake.landing import Delivery
from warehouse.models import graph
from warehouse.quality.quarantine.decisions import CORRECT, KINDS, address, restore
from warehouse.quality.unit_guard import factors
from warehouse.release import releases
from warehouse.release.delta.decision_links import write_ties
from warehouse.release.delta.keys import TIES, write_keys

ABOUT_ROWS = (*KINDS, factors.KIND)
TOUCHING = (*ABOUT_ROWS, *joins.KINDS)
"""Kinds of statements that tell what they touch."""

SETTINGS = Path(__file__).with_name("settings.yml")


@dataclass(frozen=True)
class Basis:
    """A release that a run may build upon, and what was delivered and decided since."""

    release: Path
    new: tuple[Delivery, ...]
    statements: tuple[Statement, ...]
    new_statements: tuple[Statement, ...]


def basis_of(
    home: Home,
    made_by: tuple[str, str],
    deliveries: Iterable[Delivery],
    statements: Iterable[Statement],
    refused: Collection[str] = (),
) -> Basis | None:
    """The current release with what it does not know yet; None where the whole must be run.

    It must be made by the same definitions for the same place (``made_by``), from deliveries and statements that are
    all still there and none of which was ``refused`` since. Statements about rows, reports, names and firms tell what
    they touch; any other may touch all.
    """
    path = releases.newest(home)
    if path is None:
        return None
    with Snapshot.open(path) as snapshot:
        if snapshot.tuples("select definitions, place from run") != [made_by]:
            return None
        loaded = set(snapshot.column("select delivery_id from deliveries"))
        known = loaded | set(snapshot.column("select delivery_id from rejection"))
        stated = set(snapshot.column("select statement_id from statement"))
    now, then = {delivery.delivery_id: delivery for delivery in deliveries}, tuple(statements)
    new_statements = tuple(entry for entry in then if entry.statement_id not in stated)
    if not stated <= {entry.statement_id for entry in then}:
        return None
    if any(entry.kind not in TOUCHING for entry in new_statements):
        return None
    if not known <= now.keys() or not loaded.isdisjoint(refused):
        return None
    new = tuple(delivery for delivery in now.values() if delivery.delivery_id not in known)
    return Basis(path, new, then, new_statements)


def add_affected(build: Build, basis: Basis, feeds: Mapping[str, Feed]) -> bool:
    """Add to a build of new rows the tied rows of the release; False where all must be loaded instead.

    That is where a kind of source comes for the first time, which changes what is known of every firm, or a new
    delivery of a table that every firm's facts may rest on.
    """
    build.attach(basis.release, "before")
    write_keys(build, feeds.values())
    _start(build, basis)
    shared = of_everybody(feeds)
    if _has_a_new_kind(build) or any(delivery.feed in shared for delivery in basis.new) or not _tied(build):
        return False
    _add_all(build, shared)
    for name in feeds:
        build.execute(
            f"insert into raw_{name} by name select raw.* from before.raw_{name} as raw"  # noqa: S608
            " semi join part_row using (delivery_id, sheet, row_no)"
        )
    restore(build, feeds, "before.correction")
    build.execute("insert into deliveries by name select * from before.deliveries")
    build.execute("insert into rejection by name select * from before.rejection")
    build.execute("create table part_of as select $1 as release", [str(basis.release)])
    return True


def _start(build: Build, basis: Basis) -> None:
    """``part_key`` and ``part_row``: the new rows by their keys, and what statements made since are about."""
    build.execute("create table part_key as select distinct key from load_key")
    build.execute("create table part_row (delivery_id varchar, sheet varchar, row_no bigint)")
    for statement in basis.new_statements:
        if statement.kind in ABOUT_ROWS:
            _start_with_row(build, statement)
    write_ties(build, basis.new_statements)
    build.execute("insert into part_key select firm_key from said_tie")
    write_ties(build, basis.statements)


def _start_with_row(build: Build, statement: Statement) -> None:
    row = address(statement.subject)
    build.execute("insert into part_row values ($1, $2, $3)", [row.delivery_id, row.sheet, row.row_no])
    for field in TIES.keys() & set(row.rest) if statement.kind == CORRECT else ():
        key = TIES[field].format("$1::varchar")
        build.execute(f"insert into part_key select hash({key})", [statement.content.get("value")])


def of_everybody(feeds: Mapping[str, Feed]) -> list[str]:
    """The feeds that facts rest on but whose rows are about no firm: rates of exchange."""
    resting = graph.depends_on("core_firm__facts")
    return [name for name, feed in feeds.items() if f"raw_{name}" in resting and not TIES.keys() & set(feed.columns)]


def _add_all(build: Build, feeds: Iterable[str]) -> None:
    """All rows of these feeds belong to the part."""
    for name in feeds:
        build.execute(f"insert into part_row select delivery_id, sheet, row_no from before.raw_{name}")  # noqa: S608


TOLD = "core_title__stated"
"""The titles of which it is told who holds them, and who therefore does not."""


def _has_a_new_kind(build: Build) -> bool:
    """Whether the new deliveries are of a feed that never came, or tell of a title of which nobody was told."""
    before = ", ".join(f"{table} as (from before.{table})" for table in sorted(graph.reads(TOLD) - {"deliveries"}))
    model = f"with {before} select * from ({graph.sql_of(TOLD)})"  # noqa: S608 - our own tables
    told = f"select designation from ({model}) anti join before.{TOLD} using (designation, day)"  # noqa: S608
    never_came = "select feed from deliveries where feed not in (select feed from before.deliveries)"
    return bool(build.tuples(f"{never_came} union all {told}"))


@cache
def _largest_share() -> float:
    return float(read_yaml(SETTINGS)[0]["largest_share"])


def _tied(build: Build) -> bool:
    """Rows of the release tied to those of the part join it, by steps until none is added; False for too many."""
    rows = build.value("select coalesce(sum(rows_read), 0) from before.deliveries")
    while True:
        for sql in TIED_ROWS:
            build.execute(sql)
        if build.value("select count(*) from part_row") > rows * _largest_share():
            return False
        if not build.value(TIED_KEYS):
            return True


TIED_ROWS = (
    "insert into part_row select distinct delivery_id, sheet, row_no from before.load_key"
    " semi join part_key using (key) anti join part_row using (delivery_id, sheet, row_no)",
    "insert into part_row select distinct delivery_id, sheet, row_no from before.core_mention"
    " inner join said_tie using (mention_id) where firm_key in (select key from part_key)"
    " and mention_id not in (select mention_key(delivery_id, sheet, row_no) from part_row)",
)
"""Rows that share a key with the part, and rows that a person joined to a firm of the part."""

TIED_KEYS = """
insert into part_key
with found as (
    select key from before.load_key semi join part_row using (delivery_id, sheet, row_no)
    union
    select key from said_tie where firm_key in (select part_key.key from part_key) and key is not null
    union
    select firm_key as key from said_tie where key in (select part_key.key from part_key)
    union
    select firm_key as key from said_tie
    where mention_id in (select mention_key(delivery_id, sheet, row_no) from part_row)
)
select key from found anti join part_key using (key)
"""
"""Keys of the part's rows, and of what a person tied to them: names to firms, rows to firms, firms to firms."""
