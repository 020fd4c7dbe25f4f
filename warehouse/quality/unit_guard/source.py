"""Reports of a build, in shares of complete firms so that memory stays flat."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from warehouse.database.build import Build
from warehouse.database.memory import beside_frames
from warehouse.quality.unit_guard.evidence import ORDER
from warehouse.quality.unit_guard.factors import PEERS
from warehouse.quality.unit_guard.judging import judge, peers_of
from warehouse.quality.unit_guard.peers import PeerGroups
from warehouse.quality.unit_guard.settings import Form, Settings

REPORTS_AT_ONCE = 50_000
KEY = (*ORDER, "delivery_id", "sheet")
"""What orders reports so that no two are equal."""


@dataclass
class Reports:
    """The reports of a build and their peers; ``measured``: peers that no statement has yet, by form."""

    build: Build
    forms: dict[str, Form]
    settings: Settings
    measured: dict[str, dict[str, Any]] = field(default_factory=dict)

    def judged(self) -> Iterator[tuple[Form, pl.DataFrame]]:
        """All reports with their verdicts, a form and a share of the firms at a time."""
        for form in self.forms.values():
            self.build.execute(f"create or replace temp table reports_{form.name} as {form.sql}")
        counts = {name: _count(self.build, name) for name in self.forms}
        filed = {name: form for name, form in self.forms.items() if counts[name]}
        with beside_frames(self.build):
            groups = {name: self._groups(form) for name, form in filed.items()}
            shares = -(-max(counts.values()) // REPORTS_AT_ONCE)
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
    """Judge each statement separately, then with the result of the other statement of the same report."""
    reports = {name: _read(build, name, f"hash(firm) % {share[1]} = {share[0]}") for name in forms}
    first_pass = {name: judge(reports[name], form, settings, groups[name]) for name, form in forms.items()}
    for name, form in forms.items():
        beside = first_pass.get(form.beside or "")
        yield form, first_pass[name] if beside is None else judge(reports[name], form, settings, groups[name], beside)


def groups_of(build: Build, form: Form, settings: Settings) -> tuple[PeerGroups, bool]:
    """The stated peers, and False; new ones, and True, where none are stated or the reports have become many more.

    They are stated so that a partial run, a full run and a rebuilt past release compare with the same peers.
    """
    stated = build.value("select content from statement_standing where kind = $1 and subject = $2", [PEERS, form.name])
    count, content = _count(build, form.name), json.loads(stated) if stated else None
    is_part = build.has_table("part_of")
    is_recent = content and (is_part or count < content["reports"] * settings.peers.measured_again_at)
    if content and is_recent and _serves(content["peers"], form):
        return PeerGroups.of_content(content["peers"]), False
    every = max(1, count // settings.peers.most_reports)
    sample = "true" if every == 1 else f"firm_key(firm) % {every} = 0"
    return peers_of(_read(build, form.name, sample), form, settings), count > 0


def _serves(peers: Mapping[str, Any], form: Form) -> bool:
    """Whether stated peers have every cell and block of the form; a release since may have added some."""
    has_cells = all(f"mid_{cell}" in level for level in peers["levels"] for cell in form.cells)
    return has_cells and len(peers["change_spread"]) == len(form.blocks)


def _count(build: Build, name: str) -> int:
    return int(build.value(f"select count(*) from reports_{name}"))  # noqa: S608 - our own table


def _read(build: Build, name: str, condition: str) -> pl.DataFrame:
    """Reports in a fixed order: sums of floats, and so the peers that a statement keeps, depend on it."""
    return build.frame(f"select * from reports_{name} where {condition} order by {', '.join(KEY)}")  # noqa: S608
