"""Reports out of a build, in shares of whole firms so that memory stays flat."""

from collections.abc import Iterator

import polars as pl

from warehouse.database import Connection
from warehouse.unit_guard.judging import judge, peers_of
from warehouse.unit_guard.peers import PeerGroups
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


def _peers(con: Connection, form: Form, settings: Settings) -> PeerGroups:
    every = max(1, _count(con, form.name) // settings.peers.looks_at)
    return peers_of(_read(con, form.name, f"hash(firm, year) % {every} = 0"), form, settings)


def _count(con: Connection, name: str) -> int:
    return int(con.execute(f"select count(*) from reports_{name}").fetchall()[0][0])  # noqa: S608 - our own table


def _read(con: Connection, name: str, which: str) -> pl.DataFrame:
    return con.sql(f"select * from reports_{name} where {which}").pl()  # noqa: S608 - our own names and numbers
