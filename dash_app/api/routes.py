"""The routes of the interface: each checks its parameters, asks the service within the scope, and answers."""

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import flask
from flask.typing import ResponseReturnValue

from dash_app.api import parameters as asked
from dash_app.api.answers import Row, as_json, error, errors_as_json, etag, listing, unless_known
from dash_app.api.endpoints import API_ROUTES, BLUEPRINT, PREFIX, ApiRoute
from dash_app.session import current_scope
from service.reader import BadInput, NoRelease, ReleaseQueries, ReleaseUnreadable, Service
from service.rendering import read_texts

DESCRIPTION = Path(__file__).with_name("openapi.yml")
Answer = Callable[..., Row]
Listing = Callable[[ReleaseQueries, Any], Any]


def add_api(server: flask.Flask, service: Service) -> None:
    """Add the interface to a server."""
    blueprint = flask.Blueprint(BLUEPRINT, __name__, url_prefix=PREFIX)
    answers = _answers(service)
    for route in API_ROUTES:
        view = _guarded(route, answers[route.name])
        blueprint.add_url_rule(route.path, route.name, view, methods=["GET"], provide_automatic_options=False)
    server.register_blueprint(blueprint)
    server.after_request(errors_as_json)


def _guarded(route: ApiRoute, answer: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Asks for the rights of the scope, and words what the service refuses."""

    @wraps(answer)
    def view(**path: str) -> ResponseReturnValue:
        scope = current_scope()
        if not scope.may("see") or (route.is_export and not scope.may("export")):
            return error(403)
        try:
            return answer(**path)
        except BadInput as refusal:
            return error(400, refusal.zh, refusal.en)
        except (NoRelease, ReleaseUnreadable):
            return error(503)

    return view


def _answers(service: Service) -> Mapping[str, Callable[..., ResponseReturnValue]]:
    """The answer of each route by its name."""

    def listed(model: type[asked.Parameters], ask: Listing) -> Callable[[], ResponseReturnValue]:
        def answer() -> ResponseReturnValue:
            sent = asked.checked(model)
            return _of_release(service, lambda release: listing(release.run(), ask(release, sent), sent.part), sent)

        return answer

    def description() -> ResponseReturnValue:
        asked.checked(asked.Nothing)
        return as_json(read_texts(DESCRIPTION))

    def release() -> ResponseReturnValue:
        asked.checked(asked.Nothing)
        return _of_release(service, ReleaseQueries.freshness)

    def firm(firm_id: str) -> ResponseReturnValue:
        asked.checked(asked.Nothing)
        return _of_firm(service, firm_id, ReleaseQueries.firm_record)

    def firm_verdicts(firm_id: str) -> ResponseReturnValue:
        asked.checked(asked.Nothing)
        return _of_firm(service, firm_id, ReleaseQueries.firm_verdicts)

    def extract(incubator: str) -> ResponseReturnValue:
        sent = asked.checked(asked.Parameters)

        def tenants(release: ReleaseQueries) -> Row | None:
            rows = release.tenants(incubator, sent.part)
            return None if rows is None else listing(release.run(), rows, sent.part)

        return _of_release(service, tenants, sent)

    return {
        "description": description,
        "release": release,
        "firm": firm,
        "firm_verdicts": firm_verdicts,
        "extract": extract,
        "firms": listed(asked.OfFirms, lambda release, sent: release.firms(sent.filters, sent.sort, sent.part)),
        "verdicts": listed(
            asked.OfVerdicts,
            lambda release, sent: release.verdicts(sent.designation, sent.outcome, sent.every_edition, sent.part),
        ),
        "signals": listed(
            asked.OfSignals, lambda release, sent: release.signals(sent.signal, sent.designation, sent.part)
        ),
        "due": listed(asked.OfDue, lambda release, sent: release.due(sent.asked, sent.part)),
        "cases": listed(asked.OfCases, lambda release, sent: release.cases(sent.kind, sent.firm_id, sent.part)),
        "extracts": listed(asked.Parameters, lambda release, sent: release.incubators(sent.part)),
    }


def _of_firm(service: Service, firm_id: str, ask: Callable[[ReleaseQueries, str], Row | None]) -> ResponseReturnValue:
    def answer(release: ReleaseQueries) -> Row | None:
        record = ask(release, firm_id)
        return None if record is None else {**release.run(), **record}

    return _of_release(service, answer)


def _of_release(
    service: Service, ask: Callable[[ReleaseQueries], Row | None], sent: asked.Parameters | None = None
) -> ResponseReturnValue:
    """The answer of the current release within the scope; 404 where it has none."""
    scope = current_scope()
    with service.release(scope) as release:
        tag = etag(scope, release.version(), flask.request.path, sent)
        return unless_known(tag, lambda: ask(release))
