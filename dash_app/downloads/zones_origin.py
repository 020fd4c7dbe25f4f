"""What the files above the zones are made from: the marts of the zones of a scope, each with its run and day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from dash_app.downloads.listed import NotShown, text
from dash_app.downloads.origin import Lines
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, texts, value_word
from service.errors import BadInput, NoRelease
from service.people.scope_words import scope_words
from service.people.scopes import ZONES
from service.wording.rendering import Counted
from service.zones import ZonesQueries


class ZonesOrigin:
    """The zones whose figures are shown to the user.

    Raises ``BadInput`` where ``zones.yml`` cannot be read, ``NotShown`` to who sees no figures of zones, and
    ``NoRelease`` where none has published.
    """

    def __init__(self, asked: ZonesQueries) -> None:
        if not asked.is_usable:
            raise BadInput(*both_words("unusable"))
        if not asked.counts:
            raise NotShown(*both_words("no_figures"))
        self._asked = asked
        self._counted = [row for row in asked.zones() if row["run_id"]]
        if not self._counted:
            raise NoRelease(*both_words("none_published"))

    @property
    def day(self) -> date:
        """The last day of any zone."""
        day: date = max(row["day"] for row in self._counted)
        return day

    @property
    def run_id(self) -> str:
        """The newest run of any zone: runs sort by time."""
        return str(max(row["run_id"] for row in self._counted))

    @property
    def created(self) -> datetime:
        """The beginning of the last day."""
        return datetime.combine(self.day, datetime.min.time())

    def recorded(self) -> dict[str, Any]:
        """The run of each zone."""
        return {"runs": {row["code"]: row["run_id"] for row in self._counted}}

    def head(self, session: Session) -> Lines:
        """Day and newest run, the scope of the user, and which numbers are hidden."""
        lang, scope = session.lang, self._asked.scope
        known = {row["code"]: row for row in self._asked.zones()}
        return [
            (text("day", lang), self.day.isoformat()),
            (text("newest_run", lang), self.run_id),
            (text("scope", lang), scope_words(ZONES, scope.zones, lang, known)),
            (text("small", lang), text("small_hidden", lang).format(fewest=Counted(self._asked.fewest))),
        ]

    def foot(self, lang: Lang) -> Lines:
        """Every zone of the scope with its days and run; one without figures by its state."""
        heads = ("zone", "code", "class", "day", "previous_day", "run")
        classes = self._asked.classes()
        zones = [
            (row[lang], row["code"], classes[row["peers"]][lang], *_figures(row, lang)) for row in self._asked.zones()
        ]
        return [tuple(text(name, lang) for name in heads), *zones]

    def meanings(self, names: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """None: every column above the zones has words of its own."""
        return {}


def _figures(row: Row, lang: Lang) -> tuple[str, ...]:
    if row["run_id"]:
        return row["day"].isoformat(), row["previous_day"].isoformat(), row["run_id"]
    return (zone_state(row, lang),)


def zone_state(row: Row, lang: Lang) -> str:
    """The state of the last run of a zone in words; that its marts are damaged before anything else."""
    words = texts("zones")
    if row["is_damaged"]:
        return words["damaged"][lang]
    return value_word("zone_state", row["state"], lang) if row["state"] else words["not_run"][lang]


def both_words(key: str) -> tuple[str, str]:
    """A word of the page in both languages."""
    words = texts("zones")[key]
    return words["zh"], words["en"]
