"""Acts over HTTP: a form is taken, done within the scope, and answered with its events."""

from collections.abc import Sequence
from pathlib import Path

import flask
from flask_wtf.csrf import CSRFError, CSRFProtect

from dash_app.api.answers import as_json, error
from dash_app.api.received import NotTaken, received
from dash_app.rows import NewRow
from dash_app.server.recording import record_access
from dash_app.session import current_scope, token_of_request
from service.casework import BothVersions, Done, Event, NoSuchFirm, NotAllowed, UsedBefore
from service.errors import BadInput, CasebookFailed, NoRelease, ReleaseUnreadable
from service.reader import Service
from service.wording.rendering import read_texts

_ERRORS = Path(__file__).with_name("errors.yml")
ALL = "-"
"""The subject of an act about several firms."""
STATUS = {NotAllowed: 403, NoSuchFirm: 404, UsedBefore: 422}


def write(service: Service, act: str, **path: str) -> flask.Response:
    """Do the act that the present request sends: 201 with its events, 200 where the same was sent before."""
    if not current_scope().may("edit"):
        return error(403)
    if (refusal := _forged()) is not None:
        return refusal
    try:
        done = _done(service, act, path)
    except BothVersions as conflict:
        return _both_versions(conflict)
    except BadInput as refused:
        return error(_status(refused), refused.zh, refused.en)
    except (NoRelease, ReleaseUnreadable, CasebookFailed):
        return error(503)
    status = 200 if done.is_repeat else 201
    left_out = [{**vars(firm), "reasons": [vars(reason) for reason in firm.reasons]} for firm in done.refused]
    response = as_json({"is_repeat": done.is_repeat, "events": _all(done.events), "refused": left_out}, status)
    if done.events:
        response.set_etag(str(done.events[0].version))
    return response


def _done(service: Service, act: str, path: dict[str, str]) -> Done:
    scope, firm_id = current_scope(), path.get("firm_id", "")
    with received(act, scope.who, path) as typed, service.release(scope) as release:
        work = release.casework(scope)
        work.require_new(typed)
        done = work.do(firm_id, typed)
    record_access("edited", f"case:{firm_id or ALL}", {"act": act})
    return done


def _forged() -> flask.Response | None:
    """The answer to a request that a page of another site could have made: a session needs the token of its page."""
    csrf: CSRFProtect | None = flask.current_app.extensions.get("csrf")
    if csrf is None or token_of_request() is not None:
        return None
    try:
        csrf.protect()
    except CSRFError:
        words = read_texts(_ERRORS)["forged"]
        return error(403, words["zh"], words["en"])
    return None


def _status(refused: BadInput) -> int:
    if isinstance(refused, NotTaken):
        return refused.status
    return next((status for kind, status in STATUS.items() if isinstance(refused, kind)), 400)


def _both_versions(conflict: BothVersions) -> flask.Response:
    """What was saved since by others, and what was sent and is not saved."""
    response = error(409, conflict.conflict.zh, conflict.conflict.en)
    content: NewRow = response.get_json()
    sent = {"kind": conflict.draft.kind, "content": dict(conflict.draft.content)}
    return as_json({"error": {**content["error"], "saved": _all(conflict.events), "sent": sent}}, 409)


def _all(events: Sequence[Event]) -> list[NewRow]:
    return [_shown(event) for event in events]


def _shown(event: Event) -> NewRow:
    return {
        "seq": event.seq,
        "stream": event.stream,
        "number": event.name,
        "version": event.version,
        "kind": event.kind,
        "by": event.by,
        "at": event.at,
        "why": event.why,
        "withdraws": event.withdraws,
        "content": event.content,
    }
