"""Reports out of a build, in shares of whole firms so that memory stays flat."""

from collections.abc import Iterator

import polars as pl

from warehouse.database import Connection
from warehouse.unit_guard.judging import judge, peers_of
from warehouse.unit_guard.peers import GROUPS, PeerGroups
from warehouse.unit_guard.settings import Form, Settings

SHARE_REPORTS = 100_000


def judged(con: Connection, forms: dict[str, Form], settings: Settings) -> Iterator[tuple[Form, pl.DataFrame]]:
    """Every report of every form with its verdict, a share of the firms at a time."""
    for form in forms.values():
        con.execute(f"create or replace temp table reports_{form.name} as {form.sql}")
    groups = {name: _peers(con, form, settings) for name, form in forms.items()}
    shares = max(1, -(-max(_count(con, name) for name in forms) // SHARE_REPORTS))
    for share in range(shares):
        yield from _share(con, forms, groups, settings, (share, shares))
    for name in forms:
        con.execute(f"drop table reports_{name}")


def _share(
    con: Connection,
    forms: dict[str, Form],
    groups: dict[str, PeerGroups],
    settings: Settings,
    share: tuple[int, int],
) -> Iterator[tuple[Form, pl.DataFrame]]:
    """Each statement for itself first; then with what the other statement of the report said for itself."""
    reports = {name: _read(con, name, f"hash(firm) % {share[1]} = {share[0]}") for name in forms}
    alone = {name: judge(reports[name], form, settings, groups[name]) for name, form in forms.items()}
    for name, form in forms.items():
        beside = alone.get(form.beside or "")
        yield form, alone[name] if beside is None else judge(reports[name], form, settings, groups[name], beside)


def attach_release(con: Connection) -> None:
    """A part of a warehouse is compared with the peers of its release: it has too few of its own, and not the same."""
    known = {row[0] for row in con.execute("select table_name from duckdb_tables()").fetchall()}
    if "part_of" in known:
        ((path,),) = con.execute("select release from part_of").fetchall()
        con.execute(f"attach '{path.replace(chr(39), chr(39) * 2)}' as known (read_only)")


def _peers(con: Connection, form: Form, settings: Settings) -> PeerGroups:
    """Measured in a whole run and kept as ``unit_peers_<form>_<level>``; taken from the release in a part."""
    names = [f"unit_peers_{form.name}_{level}" for level in range(len(GROUPS))]
    kept = "select table_name from duckdb_tables() where database_name = 'known'"
    if names[0] in {row[0] for row in con.execute(kept).fetchall()}:
        groups = PeerGroups([con.sql(f"select * from known.{name}").pl() for name in names])  # noqa: S608
    else:
        every = max(1, _count(con, form.name) // settings.peers.looks_at)
        groups = peers_of(_read(con, form.name, f"hash(firm, year) % {every} = 0"), form, settings)
    for name, level in zip(names, groups.levels, strict=True):
        con.register("arriving", level)
        con.execute(f"create or replace table {name} as select * from arriving")  # noqa: S608 - our own name
        con.unregister("arriving")
    return groups


def _count(con: Connection, name: str) -> int:
    return int(con.execute(f"select count(*) from reports_{name}").fetchall()[0][0])  # noqa: S608 - our own table


def _read(con: Connection, name: str, which: str) -> pl.DataFrame:
    frame: pl.DataFrame = con.sql(f"select * from reports_{name} where {which}").pl()  # noqa: S608 - our own names
    return frame
