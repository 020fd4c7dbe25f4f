"""The routes of the interface: each checks its parameters, asks the service within the scope, and answers."""

from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path

import flask

from dash_app.api import parameters as asked
from dash_app.api import workbooks
from dash_app.api.answers import as_json, error, errors_as_json, etag, listing, unless_known
from dash_app.api.case_answers import CaseAnswers
from dash_app.api.writing import write
from dash_app.api_routes import API_ROUTES, BLUEPRINT, PREFIX, ApiRoute
from dash_app.rows import NewRow
from dash_app.server.recording import record_access
from dash_app.session import current_scope
from service.casework import NoSuchFirm
from service.errors import BadInput, NoRelease, ReleaseUnreadable
from service.queries.release.records import Listed
from service.reader import ReleaseQueries, Service
from service.wording.rendering import read_texts

DESCRIPTION = Path(__file__).with_name("openapi.yml")
View = Callable[..., flask.Response]


def add_api(server: flask.Flask, service: Service) -> None:
    """Register ``API_ROUTES`` below ``PREFIX`` as a blueprint."""
    blueprint = flask.Blueprint(BLUEPRINT, __name__, url_prefix=PREFIX)
    answers = Answers(service)
    for route in API_ROUTES:
        view = partial(write, service, route.act) if route.act else _view(route, getattr(answers, route.name))
        methods = sorted(route.methods - {"HEAD"})
        blueprint.add_url_rule(route.path, route.name, view, methods=methods, provide_automatic_options=False)
    if (csrf := server.extensions.get("csrf")) is not None:
        csrf.exempt(blueprint)  # asked in ``writing``, of sessions alone: no page can make a browser send a token
    server.register_blueprint(blueprint)
    server.after_request(errors_as_json)


def _view(route: ApiRoute, answer: View) -> View:
    """The answer to who has the rights that it needs; what the service refuses is worded."""

    @wraps(answer)
    def view(**path: str) -> flask.Response:
        scope = current_scope()
        if not scope.may("see") or (route.is_export and not scope.may("export")):
            return error(403)
        try:
            response = answer(**path)
        except NoSuchFirm as refusal:
            return error(404, refusal.zh, refusal.en)
        except BadInput as refusal:
            return error(400, refusal.zh, refusal.en)
        except (NoRelease, ReleaseUnreadable):
            return error(503)
        if route.recorded:
            subject = ":".join([route.name, *path.values()])
            record_access(route.recorded, subject, workbooks.exported(response))
        return response

    return view


class Answers(CaseAnswers):
    """The answer of each route, by the route's name."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def description(self) -> flask.Response:
        """The interface as OpenAPI describes it."""
        asked.checked(asked.Nothing)
        here = {"servers": [{"url": f"{flask.request.script_root}{PREFIX}"}]}
        return as_json({**read_texts(DESCRIPTION), **here})

    def release(self) -> flask.Response:
        """``GET /release``: the summary of the current release."""
        asked.checked(asked.Nothing)
        return self._answer(ReleaseQueries.summary)

    def firms(self) -> flask.Response:
        """Firms by the filters of the movers."""
        sent = asked.checked(asked.OfFirms)
        return self._list(sent, lambda release: release.firms(sent.filters, sent.sort, sent.part))

    def firm(self, firm_id: str) -> flask.Response:
        """``GET /firms/{firm_id}``: the record of a firm in the scope."""
        return self._of_firm(lambda release: release.firm_record(firm_id))

    def firm_verdicts(self, firm_id: str) -> flask.Response:
        """The verdicts on a firm with their conditions."""
        return self._of_firm(lambda release: release.firm_verdicts(firm_id))

    def verdicts(self) -> flask.Response:
        """``GET /verdicts``: by designation, outcome and edition."""
        sent = asked.checked(asked.OfVerdicts)
        return self._list(
            sent, lambda release: release.verdicts(sent.designation, sent.outcome, sent.every_edition, sent.part)
        )

    def signals(self) -> flask.Response:
        """``GET /signals``: by signal and designation."""
        sent = asked.checked(asked.OfSignals)
        return self._list(sent, lambda release: release.signals(sent.signal, sent.designation, sent.part))

    def due(self) -> flask.Response:
        """``GET /due``: duties by day, owner, firm and kind."""
        sent = asked.checked(asked.OfDue)
        return self._list(sent, lambda release: release.due(sent.asked, sent.part))

    def targets(self) -> flask.Response:
        """The targets of the zone with their bridges, those that were entered since the run too."""
        sent = asked.checked(asked.OfTargets)
        return self._list(
            sent,
            lambda release: release.targets().listed(sent.measure, sent.year, sent.part),
            ReleaseQueries.newest_event,
        )

    def cases(self) -> flask.Response:
        """The work on firms, from the casebook."""
        sent = asked.checked(asked.OfCases)
        return self._list(
            sent, lambda release: release.cases(sent.kind, sent.firm_id, sent.part), ReleaseQueries.newest_event
        )

    def extracts(self) -> flask.Response:
        """The incubators that have an extract."""
        sent = asked.checked(asked.Parameters)
        return self._list(sent, lambda release: release.incubators(sent.part))

    def extract(self, incubator: str) -> flask.Response:
        """``GET /extracts/{incubator}``: a row per tenant."""
        sent = asked.checked(asked.Parameters)
        return self._list(sent, lambda release: release.tenants(incubator, sent.part))

    def extract_workbook(self, incubator: str) -> flask.Response:
        """``GET /extracts/{incubator}/workbook``: XLSX."""
        return workbooks.workbook(self._service, incubator)

    def extract_columns(self, incubator: str) -> flask.Response:
        """What the columns of the workbook mean."""
        return workbooks.columns(self._service, incubator)

    def _of_firm(self, ask: Callable[[ReleaseQueries], NewRow | None]) -> flask.Response:
        asked.checked(asked.Nothing)

        def answer(release: ReleaseQueries) -> NewRow | None:
            record = ask(release)
            return None if record is None else {**release.run(), **record}

        return self._answer(answer)

    def _list(
        self,
        sent: asked.Parameters,
        ask: Callable[[ReleaseQueries], Listed | None],
        version: Callable[[ReleaseQueries], object] | None = None,
    ) -> flask.Response:
        def answer(release: ReleaseQueries) -> NewRow | None:
            listed = ask(release)
            return None if listed is None else listing(release.run(), listed, sent.part)

        return self._answer(answer, sent, version)

    def _answer(
        self,
        ask: Callable[[ReleaseQueries], NewRow | None],
        sent: asked.Parameters | None = None,
        version: Callable[[ReleaseQueries], object] | None = None,
    ) -> flask.Response:
        """The answer of the current release within the scope; what it depends on besides ``version`` makes its ETag."""
        with self._service.release(current_scope()) as release:
            tag = etag(flask.request.path, sent, *release.version(), version(release) if version else None)
            return unless_known(tag, lambda: ask(release))
