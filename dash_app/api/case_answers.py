"""The answers about cases: one of a firm with its timeline, and the lists of what is open, visited and in the pool."""

from collections.abc import Callable
from functools import partial
from typing import Any

import flask

from dash_app.api import parameters as asked
from dash_app.api.case_rows import case_record, shown
from dash_app.rows import NewRow
from dash_app.session import current_scope
from service.casework import Casework
from service.queries.release.records import Listed, Slice
from service.reader import ReleaseQueries

Answer = Callable[..., flask.Response]


class CaseAnswers:
    """The answer of each route about cases, by the route's name; ``_answer`` and ``_list`` are those of all answers."""

    _answer: Answer
    _list: Answer

    def case(self, firm_id: str) -> flask.Response:
        """Everything of a firm's case."""
        asked.checked(asked.Nothing)

        def answer(release: ReleaseQueries) -> NewRow | None:
            work = _work(release)
            case = work.case(firm_id)
            return None if case is None else case_record(case, work.steps(firm_id, case["pool"]))

        return self._answer(answer, None, _version)

    def contest_preview(self, firm_id: str) -> flask.Response:
        """What a contest would change; nothing is kept."""
        sent = asked.checked(asked.OfClaim)
        fields = sent.model_dump(exclude_none=True)
        return self._answer(lambda release: _work(release).preview(firm_id, fields), sent, _version)

    def pool(self) -> flask.Response:
        """``GET /pool``: a row per membership."""
        return self._rows(asked.checked(asked.Parameters), "member", lambda work, _: work.members())

    def visits(self) -> flask.Response:
        """The visits, the newest first."""
        return self._rows(asked.checked(asked.Parameters), "visit", lambda work, _: work.visits())

    def tasks(self) -> flask.Response:
        """The tasks, first what is due first."""
        return self._things("task")

    def requests(self) -> flask.Response:
        """The requests, first what is due first."""
        return self._things("request")

    def applications(self) -> flask.Response:
        """The applications, first what closes first."""
        return self._things("application")

    def contests(self) -> flask.Response:
        """The contests, first what is due first."""
        return self._things("contest")

    def _things(self, kind: str) -> flask.Response:
        return self._rows(asked.checked(asked.OfThings), kind, partial(_things_of, kind))

    def _rows(self, sent: asked.Parameters, kind: str, ask: Callable[[Casework, Any], list[NewRow]]) -> flask.Response:
        return self._list(sent, lambda release: _part(shown(kind, ask(_work(release), sent)), sent.part), _version)


def _things_of(kind: str, work: Casework, sent: asked.OfThings) -> list[NewRow]:
    return work.things(kind, sent.officer, sent.with_ended)


def _part(rows: list[NewRow], part: Slice) -> Listed:
    return Listed(rows[part.offset : part.offset + part.limit], len(rows))


def _work(release: ReleaseQueries) -> Casework:
    return release.casework(current_scope())


def _version(release: ReleaseQueries) -> tuple[int, str]:
    """What answers about cases depend on besides: the newest event, and the day from which days left are counted."""
    return release.newest_event(), _work(release).today.isoformat()
