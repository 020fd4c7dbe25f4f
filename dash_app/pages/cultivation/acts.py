"""What the forms of cultivation do: each is an act of casework, under the number that it was drawn with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dash_app.pages.cultivation.entry_form import ALL, outcome
from dash_app.pages.cultivation.step_form import PAPER
from dash_app.server.callbacks import refuse
from dash_app.session import Session
from dash_app.wording.loader import words_of
from service.casework import CaseForm, Casework

word = words_of("cultivation")
HEADINGS = {"enter": "do_enter", "step": "take_step"}
"""The words of acts that are named otherwise on the page: why an event was made, where nothing else was typed."""


@dataclass(frozen=True)
class Sent:
    """A form that was sent: act, the thing it is about, fields, request, version on the screen, what was ticked."""

    act: str
    number: str
    fields: Mapping[str, str]
    request: str
    version: int | None
    ticked: Sequence[str]
    step: Mapping[str, Any] | None = None

    @property
    def why(self) -> str:
        """The reason as typed, else what was done, in both languages."""
        heading = HEADINGS.get(self.act, self.act)
        return self.fields.get("why") or f"{word(heading, 'zh')} {word(heading, 'en')}"


def done(work: Casework, session: Session, sent: Sent) -> Any:
    """Do what a form asks, and return the notice of it; raises ``BadInput`` as the decisions."""
    if sent.act not in SENDS or (sent.act == "step" and sent.step is None):
        refuse()
    notice = SENDS[sent.act](work, session, sent)
    return notice or html.P(word("saved", session.lang), className="kept")


def _entered(work: Casework, session: Session, sent: Sent) -> html.Div:
    signal, designation = (session.address.get(name, "") for name in ("signal", "designation"))
    firms = [row["firm_id"] for row in work.board().giving(signal, designation)] if ALL in sent.ticked else sent.ticked
    fields = {"signal": signal, "designation": designation, "firms": list(firms), "why": sent.why}
    result = work.do("", CaseForm("step_all", fields, sent.request))
    return outcome(len(result.events), result.refused, session)


def _stepped(work: Casework, _: Session, sent: Sent) -> None:
    step = sent.step or {}
    papers = {name.removeprefix(PAPER): value for name, value in sent.fields.items() if name.startswith(PAPER)}
    fields = {"step": step["step"], "papers": papers, "ground": sent.fields.get("ground", ""), "why": sent.why}
    work.do(step["firm"], CaseForm("step", fields, step["request"], {"pool": step["version"]}))


def _decided(work: Casework, _: Session, sent: Sent) -> None:
    rows = work.contesting().rows(with_ended=True)
    firm = next((row["firm_id"] for row in rows if row["number"] == sent.number), "")
    versions = {} if sent.version is None else {sent.number: sent.version}
    fields = {"number": sent.number, "why": sent.fields.get("why", "")}
    work.do(firm, CaseForm(sent.act, fields, sent.request, versions))


def _assigned(work: Casework, _: Session, sent: Sent) -> None:
    firm = work.firm_named(sent.fields.get("firm_words", ""))
    work.do(firm["firm_id"], CaseForm("assign", _owned(sent), sent.request))


def _by_rule(work: Casework, _: Session, sent: Sent) -> None:
    work.do("", CaseForm("assign_all", {"why": sent.why}, sent.request))


def _handed_over(work: Casework, _: Session, sent: Sent) -> None:
    work.do("", CaseForm("hand_over", {"former": sent.fields.get("former", ""), **_owned(sent)}, sent.request))


def _on_leave(work: Casework, _: Session, sent: Sent) -> None:
    work.do("", CaseForm("leave", {**sent.fields, "why": sent.why}, sent.request))


def _owned(sent: Sent) -> dict[str, str]:
    return {"owner": sent.fields.get("to", ""), "deputy": sent.fields.get("deputy", ""), "why": sent.why}


SENDS: Mapping[str, Callable[[Casework, Session, Sent], Any]] = {
    "enter": _entered,
    "step": _stepped,
    "accept": _decided,
    "decline": _decided,
    "assign": _assigned,
    "by_rule": _by_rule,
    "hand_over": _handed_over,
    "leave": _on_leave,
}
"""The forms of the page, by the act of their button."""
