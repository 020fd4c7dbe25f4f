"""Which releases a home has, and which of its files are damaged."""

from pathlib import Path
from typing import Any

from warehouse.home import Home
from warehouse.ledger import gate
from warehouse.release import held, releases, vintages
from warehouse.release.inspection import Problem


def published(home: Home) -> list[dict[str, Any]]:
    """One row a release that can be read, newest first."""
    return [vars(release) for release in releases.releases(home)]


def damaged(home: Home) -> list[Problem]:
    """The release files that are there and cannot be read."""
    return releases.damaged(home)


def problems(home: Home) -> tuple[str, str] | None:
    """What is wrong with which release files and the way out, in two languages; None where all is well."""
    return releases.problems(home)


def leave_newest_open(home: Home) -> None:
    """As ``warehouse.release.releases.leave_newest_open``."""
    releases.leave_newest_open(home)


def frozen_home(home: Home, month: str) -> Home:
    """The vintage of a month as a home; raises ``BadInput`` with the months that are frozen."""
    return vintages.home_of(home, month)


def verified_vintages(home: Home) -> list[dict[str, Any]]:
    """Every vintage, newest first, its file being what was frozen; raises ``ReleaseUnreadable`` otherwise."""
    return [vars(vintage) for vintage in vintages.verify(home)]


def held_with_figures(home: Home) -> list[dict[str, Any]]:
    """One row a held release, newest first, with what holds it (gate_zh, gate_en, gate: the figures by cause)."""
    rows = []
    for release in held.held(home):
        over = gate.exceeded(Path(release.path))
        zh, en = gate.describe(over)
        rows.append({**vars(release), "gate_zh": zh, "gate_en": en, "gate": over})
    return rows
