"""The part of a warehouse that new deliveries touch: their rows, and every row of the last release tied to them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.casebook.statements import Statement
from warehouse.database import Connection, attach, reading, writing
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

LARGEST_SHARE = 0.2
"""A part larger than this share of all rows is no cheaper than the whole."""


@dataclass(frozen=True)
class Basis:
    """A release that a run may build upon, and what was delivered and decided since."""

    release: Path
    new: tuple[Delivery, ...]
    said: tuple[Statement, ...]
    unheard: tuple[Statement, ...]


def basis_of(
    home: Home,
    made_by: tuple[str, str],
    deliveries: Iterable[Delivery],
    said: Iterable[Statement],
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
    with reading(path) as con:
        if con.execute("select definitions, place from run").fetchone() != made_by:
            return None
        loaded = _first(con, "select delivery_id from deliveries")
        known = loaded | _first(con, "select delivery_id from rejection")
        stated = _first(con, "select statement_id from statement")
    now, statements = list(deliveries), list(said)
    unheard = tuple(one for one in statements if one.statement_id not in stated)
    if not stated <= {one.statement_id for one in statements} or any(one.kind not in TOUCHING for one in unheard):
        return None
    if not known <= {one.delivery_id for one in now} or not loaded.isdisjoint(refused):
        return None
    return Basis(path, tuple(one for one in now if one.delivery_id not in known), tuple(statements), unheard)


def _first(con: Connection, sql: str) -> set[Any]:
    return {row[0] for row in con.execute(sql).fetchall()}


def bring(build: Path, basis: Basis, feeds: Mapping[str, Feed]) -> bool:
    """Add to a build of new rows the tied rows of the release; False where the part would not do.

    A kind of source that never came before changes what is known of every firm, and is not brought; nor is a new
    delivery of a table that every firm's facts may rest on.
    """
    with writing(build) as con:
        attach(con, basis.release, "before")
        write_keys(con, feeds.values())
        _start(con, basis, feeds)
        everybodys = of_everybody(feeds)
        if _brings_a_new_kind(con) or any(one.feed in everybodys for one in basis.new) or not _tied(con):
            return False
        _add_whole(con, everybodys)
        for name in feeds:
            con.execute(
                f"insert into raw_{name} by name select raw.* from before.raw_{name} as raw"  # noqa: S608
                " semi join part_row using (delivery_id, sheet, row_no)"
            )
        restore(con, feeds, "before.correction")
        con.execute("insert into deliveries by name select * from before.deliveries")
        con.execute("insert into rejection by name select * from before.rejection")
        con.execute("create table part_of as select $1 as release", [str(basis.release)])
        return True


def _start(con: Connection, basis: Basis, feeds: Mapping[str, Feed]) -> None:
    """``part_key`` and ``part_row``: the new rows by their keys, and what was said since of rows, names and firms."""
    con.execute("create table part_key as select distinct key from load_key")
    con.execute("create table part_row (delivery_id varchar, sheet varchar, row_no bigint)")
    for one in basis.unheard:
        if one.kind in ABOUT_ROWS:
            _start_with_row(con, one, feeds)
    write_ties(con, (one for one in basis.unheard if one.kind in joins.KINDS))
    con.execute("insert into part_key select firm_key from said_tie")
    write_ties(con, basis.said)


def _start_with_row(con: Connection, one: Statement, feeds: Mapping[str, Feed]) -> None:
    row = address(one.subject)
    con.execute("insert into part_row values ($1, $2, $3)", [row.delivery_id, row.sheet, row.row_no])
    for field in TIES.keys() & set(row.rest) if one.kind == CORRECT else ():
        key = TIES[field].format("$1::varchar")
        con.execute(f"insert into part_key select hash({key})", [one.content.get("value")])


def of_everybody(feeds: Mapping[str, Feed]) -> list[str]:
    """The feeds that facts rest on but whose rows are about no firm: rates of exchange."""
    resting = graph.depends_on("core_firm__facts")
    return [name for name, feed in feeds.items() if f"raw_{name}" in resting and not TIES.keys() & set(feed.columns)]


def _add_whole(con: Connection, feeds: Iterable[str]) -> None:
    """All rows of these feeds belong to the part."""
    for name in feeds:
        con.execute(f"insert into part_row select delivery_id, sheet, row_no from before.raw_{name}")  # noqa: S608


TOLD = "core_title__stated"
"""The titles of which it is told who holds them, and who therefore does not."""


def _brings_a_new_kind(con: Connection) -> bool:
    """Whether the new deliveries are of a feed that never came, or tell of a title of which nobody was told."""
    before = ", ".join(f"{table} as (from before.{table})" for table in sorted(graph.reads(TOLD) - {"deliveries"}))
    model = f"with {before} select * from ({graph.sql_of(TOLD)})"  # noqa: S608 - our own tables
    told = f"select designation from ({model}) anti join before.{TOLD} using (designation, day)"  # noqa: S608
    never_came = "select feed from deliveries where feed not in (select feed from before.deliveries)"
    found = con.execute(f"{never_came} union all {told}")
    return found.fetchone() is not None


def _tied(con: Connection) -> bool:
    """Rows of the release tied to those of the part join it, by steps until none is added; False for too many."""
    (rows,) = con.execute("select coalesce(sum(rows_read), 0) from before.deliveries").fetchone() or (0,)
    while True:
        for sql in TIED_ROWS:
            con.execute(sql)
        (tied,) = con.execute("select count(*) from part_row").fetchone() or (0,)
        if tied > rows * LARGEST_SHARE:
            return False
        added = con.execute(TIED_KEYS).fetchone()
        if added in (None, (0,)):
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
