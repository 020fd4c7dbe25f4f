"""What the address of the page over all zones chooses of its tables: for the page, and for their files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash_app.rows import NewRow
from dash_app.session import Session
from dash_app.wording.loader import value_word, words_of
from service.zones import ZonesQueries

word = words_of("zones")
CODE = re.compile(r"[0-9A-Z]{18}")
"""What is searched for as a credit code, in the index over the zones; anything else is looked for in a zone."""


@dataclass(frozen=True)
class Chosen:
    """The rows of a choice, with everything that can be chosen in words: by ``value``, what is chosen."""

    value: str
    options: Mapping[str, str]
    rows: list[NewRow]

    @property
    def words(self) -> str:
        """Label of the chosen option; the value itself where no option has it."""
        return self.options.get(self.value, self.value)


def class_names(asked: ZonesQueries, session: Session) -> dict[str, str]:
    """The names of the classes of zones in the language of the page, by their codes."""
    return {code: name[session.lang] for code, name in asked.classes().items()}


def zone_names(asked: ZonesQueries, session: Session) -> dict[str, str]:
    """The names of the zones in the language of the page, by their codes."""
    return {row["code"]: row[session.lang] for row in asked.zones()}


def listed_zone(asked: ZonesQueries, session: Session) -> str:
    """The zone whose firms the address asks for; empty for all."""
    zone = session.address.get("zone", "")
    return zone if zone in zone_names(asked, session) else ""


def title_names(asked: ZonesQueries, session: Session) -> dict[str, str]:
    """The names of titles in the language of the page, by their codes."""
    return {row["designation"]: row[session.lang] for row in asked.ladder()} if asked.has_figures else {}


def compared(asked: ZonesQueries, session: Session) -> Chosen:
    """The comparison of like zones by a kind of change, the first unless the address has another."""
    rows = asked.comparison()
    kinds = {row["change"]: row[f"change_{session.lang}"] for row in rows}
    change = _chosen(session, "change", kinds)
    return Chosen(change, kinds, [row for row in rows if row["change"] == change])


def matrix(asked: ZonesQueries, session: Session) -> Chosen:
    """The matrix of a class of zones, of all unless the address has another."""
    rows = asked.transitions()
    classes = class_names(asked, session)
    options = {"": word("all_zones_together", session.lang)} | {
        code: classes[code] for code in classes if any(row["peers"] == code for row in rows)
    }
    peers = _chosen(session, "peers", options)
    return Chosen(peers, options, [row for row in rows if row["peers"] == (peers or None)])


def cohorts(asked: ZonesQueries, session: Session) -> tuple[Chosen, Chosen]:
    """How cohorts begin, and the title of which their shares are; of both the first unless the address has others."""
    rows = asked.cohorts()
    starts = {_start(row): _start_name(row, session) for row in rows}
    start = _chosen(session, "start", starts)
    begun = [row for row in rows if _start(row) == start]
    titles = {row["designation"]: row[session.lang] for row in begun}
    title = _chosen(session, "designation", titles)
    return Chosen(start, starts, begun), Chosen(title, titles, [row for row in begun if row["designation"] == title])


def _start(row: Mapping[str, Any]) -> str:
    return f"{row['level']}:{row['first_designation'] or ''}"


def _start_name(row: Mapping[str, Any], session: Session) -> str:
    kind = value_word("cohort_kind", row["level"], session.lang)
    return f"{kind}: {row[f'first_{session.lang}']}" if row["first_designation"] else kind


def _chosen(session: Session, name: str, options: Mapping[str, str]) -> str:
    value = session.address.get(name, "")
    return value if value in options else next(iter(options), "")
