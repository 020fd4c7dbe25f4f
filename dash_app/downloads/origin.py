"""What a file is made from: the days and runs of its figures, and what its first sheet says of them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from dash_app.downloads.listed import text
from dash_app.session import Session
from dash_app.wording.loader import Lang
from service.people.scope_words import scope_words
from service.reader import ReleaseQueries
from service.wording.rendering import place_name
from service.wording.shown_moments import second

Lines = list[tuple[Any, ...]]


class Origin(Protocol):
    """Where the rows of a file come from."""

    @property
    def day(self) -> date:
        """Evaluation day."""

    @property
    def run_id(self) -> str:
        """The run of its figures, the newest of several."""

    @property
    def created(self) -> datetime:
        """A moment of the figures, so that the bytes of a file repeat."""

    def recorded(self) -> dict[str, Any]:
        """The runs, as the list of accesses keeps them."""

    def head(self, session: Session) -> Lines:
        """The first lines below the title."""

    def foot(self, lang: Lang) -> Lines:
        """The last lines, below the columns."""

    def meanings(self, names: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """What those columns mean that have no words of their own."""


class ReleaseOrigin:
    """Rows of one release; scope, day and run are those of its table ``run``."""

    def __init__(self, release: ReleaseQueries) -> None:
        self._release, self._run = release, release.run()

    @property
    def day(self) -> date:
        """Evaluation day of the release."""
        day: date = self._run["day"]
        return day

    @property
    def run_id(self) -> str:
        """Run of the release."""
        return str(self._run["run_id"])

    @property
    def created(self) -> datetime:
        """When it was published."""
        moment: datetime = self._release.summary()["published_at"]
        return moment

    def recorded(self) -> dict[str, Any]:
        """The run, as the list of accesses stores it."""
        return {"run": self.run_id}

    def head(self, session: Session) -> Lines:
        """Days, place, run, and the scope of the user."""
        run, scope, lang = self._release.summary(), session.scope, session.lang
        before = run["previous_day"]
        return [
            (text("day", lang), run["day"].isoformat()),
            (text("previous_day", lang), before.isoformat() if before else text("none", lang)),
            (text("place", lang), place_name(run["place"], lang)),
            (text("run", lang), run["run_id"]),
            (text("published", lang), second(run["published_at"])),
            (text("scope", lang), scope_words(scope.kind, scope.keys, lang)),
        ]

    def foot(self, lang: Lang) -> Lines:
        """The editions that decide, under one label."""
        titles = [row[f"title_{lang}"] for row in self._release.files().editions()]
        return [(text("editions", lang) if number == 0 else "", title) for number, title in enumerate(titles)]

    def meanings(self, names: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """By the dictionary of columns."""
        return self._release.files().meanings(names)
