"""The route of contests: a form with the files that prove it, or what it would change before it is sent."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import flask

from dash_app.api.received import saved
from dash_app.components.values import delivered
from dash_app.routing import CONTEST
from dash_app.server.recording import record_access
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.casework import CaseForm, Casework, Event
from service.errors import BadInput, NoRelease, ReleaseUnreadable
from service.reader import Service

word = words_of("case")
ENDPOINT = "contest"
FIELDS = ("fact", "claimed", "why", "row")
KEPT, REFUSED = 200, 400
LONGEST_NUMBER = 64


def add_contest(server: flask.Flask, service: Service) -> None:
    """Add the route to a server; its answers are lines for the notice of the page, in its language."""

    def contest(firm_id: str) -> flask.Response:
        request = flask.request
        session = Session.of(request.query_string.decode("utf-8", "replace"))
        fields = {name: request.form.get(name, "") for name in FIELDS}
        try:
            with service.release(session.scope) as release:
                work = release.casework(session.scope)
                if request.form.get("act") == "preview":
                    return _lines(KEPT, _would_change(work.preview(firm_id, fields), session.lang))
                (event,) = _sent(work, firm_id, fields)
        except BadInput as error:
            text = error.zh if session.lang == "zh" else error.en
            return _lines(REFUSED, [word("not_saved", session.lang), text])
        except (NoRelease, ReleaseUnreadable):
            return _lines(REFUSED, [word("not_saved", session.lang)])
        record_access("edited", f"case:{firm_id}", {"act": "contest"})
        worded = word("contest_sent", session.lang).format(day=event.content["due_on"])
        return _lines(KEPT, [worded], is_kept=True)

    server.add_url_rule(CONTEST, ENDPOINT, contest, methods=["POST"], provide_automatic_options=False)


def _sent(work: Casework, firm_id: str, fields: Mapping[str, str]) -> list[Event]:
    """The contest with its files, under the number that its form was drawn with."""
    number = flask.request.form.get("request", "")[:LONGEST_NUMBER]
    with TemporaryDirectory() as folder:
        files = saved([file for file in flask.request.files.getlist("proof") if file.filename], Path(folder))
        proofs = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
        typed = CaseForm("contest", {**fields, "proofs": proofs}, number, files=files)
        return work.do(firm_id, typed).events


def _would_change(answer: dict[str, Any], lang: Lang) -> list[str]:
    """Where the figure is from, what it is there, and which verdicts would change."""
    source = word("contest_source", lang).format(source=answer[f"source_{lang}"], value=delivered(answer))
    effects = [
        f"{row[f'title_{lang}']}: {_answer(row['before'], lang)} → {_answer(row['after'], lang)}"
        for row in answer["effects"]
    ]
    if answer["kept_out"]:
        findings = [f"{row['rule_id']} {row['field_word']}: {row[f'message_{lang}']}" for row in answer["kept_out"]]
        return [source, word("contest_kept_out", lang), *findings]
    return [source, *(effects or [word("contest_nothing", lang)])]


def _answer(outcome: str, lang: Lang) -> str:
    return value_word("outcome", outcome, lang)


def _lines(status: int, lines: list[str], *, is_kept: bool = False) -> flask.Response:
    response = flask.jsonify({"lines": lines, "is_kept": is_kept, "is_refused": status == REFUSED})
    response.status_code = status
    return response
