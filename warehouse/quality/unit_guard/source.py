"""Reports out of a build, in shares of whole firms so that memory stays flat."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from warehouse.database import Build
from warehouse.quality.unit_guard.evidence import ORDER
from warehouse.quality.unit_guard.factors import PEERS
from warehouse.quality.unit_guard.judging import judge, peers_of
from warehouse.quality.unit_guard.peers import PeerGroups
from warehouse.quality.unit_guard.settings import Form, Settings

SHARE_REPORTS = 100_000
KEY = (*ORDER, "delivery_id", "sheet")
"""What orders reports so that no two are equal."""


@dataclass
class Reading:
    """The reports of a build and the peers they are compared with; ``measured`` are those that were not kept yet."""

    build: Build
    forms: dict[str, Form]
    settings: Settings
    measured: dict[str, dict[str, Any]] = field(default_factory=dict)

    def judged(self) -> Iterator[tuple[Form, pl.DataFrame]]:
        """Every report of every form that has any with its verdict, a share of the firms at a time."""
        for form in self.forms.values():
            self.build.execute(f"create or replace temp table reports_{form.name} as {form.sql}")
        counts = {name: _count(self.build, name) for name in self.forms}
        filed = {name: form for name, form in self.forms.items() if counts[name]}
        groups = {name: self._groups(form) for name, form in filed.items()}
        shares = -(-max(counts.values()) // SHARE_REPORTS)
        for share in range(shares):
            yield from _share(self.build, filed, groups, self.settings, (share, shares))
        for name in self.forms:
            self.build.execute(f"drop table reports_{name}")

    def _groups(self, form: Form) -> PeerGroups:
        groups, is_new = groups_of(self.build, form, self.settings)
        if is_new:
            self.measured[form.name] = {"reports": _count(self.build, form.name), "peers": groups.content()}
        return groups


def _share(
    build: Build,
    forms: dict[str, Form],
    groups: dict[str, PeerGroups],
    settings: Settings,
    share: tuple[int, int],
) -> Iterator[tuple[Form, pl.DataFrame]]:
    """Each statement for itself first; then with what the other statement of the report said for itself."""
    reports = {name: _read(build, name, f"hash(firm) % {share[1]} = {share[0]}") for name in forms}
    alone = {name: judge(reports[name], form, settings, groups[name]) for name, form in forms.items()}
    for name, form in forms.items():
        beside = alone.get(form.beside or "")
        yield form, alone[name] if beside is None else judge(reports[name], form, settings, groups[name], beside)


def groups_of(build: Build, form: Form, settings: Settings) -> tuple[PeerGroups, bool]:
    """The peers that stand, and False; or, where none do or the reports have become so many more, new ones, and True.

    They are a statement, so that a run over a part, a run over the whole and a rebuilt past compare with the same.
    """
    standing = build.value(
        "select content from statement_standing where kind = $1 and subject = $2", [PEERS, form.name]
    )
    count, content = _count(build, form.name), json.loads(standing) if standing else None
    is_part = "part_of" in build.tables()
    if content and (is_part or count < content["reports"] * settings.peers.measured_again_at):
        return PeerGroups.of_content(content["peers"]), False
    every = max(1, count // settings.peers.looks_at)
    return peers_of(_read(build, form.name, f"hash(firm) % {every} = 0"), form, settings), count > 0


def _count(build: Build, name: str) -> int:
    return int(build.value(f"select count(*) from reports_{name}"))  # noqa: S608 - our own table


def _read(build: Build, name: str, which: str) -> pl.DataFrame:
    """Reports in a fixed order: sums of floats, and so the peers that a statement keeps, depend on it."""
    return build.frame(f"select * from reports_{name} where {which} order by {', '.join(KEY)}")  # noqa: S608
