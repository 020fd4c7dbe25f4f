"""What the forms of cultivation do, by their acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dash_app.pages.cultivation.entering import ALL, outcome
from dash_app.pages.cultivation.stepping import PAPER
from dash_app.server.callbacks import refuse
from dash_app.session import Session
from dash_app.wording.loader import words_of
from service.casework import Casework, Typed
from service.casework.assigning import ACTS as ASSIGNING
from service.casework.contesting import DECISIONS

word = words_of("cultivation")


@dataclass(frozen=True)
class Sent:
    """A form that was sent: act, the thing it is about, fields, the number it was drawn with, what was ticked."""

    act: str
    number: str
    fields: Mapping[str, str]
    request: str
    version: int | None
    ticked: Sequence[str]


def versioned(
    act: str, fields: Mapping[str, str], request: str, versions: Mapping[str, int], *, ticked: Sequence[str]
) -> Sent:
    """The form with the version of its thing on the screen."""
    name, _, number = act.partition(":")
    return Sent(name, number, fields, f"{request}:{act}", versions.get(number), ticked)


def done(work: Casework, session: Session, sent: Sent, step: Mapping[str, Any] | None) -> Any:
    """Do what a form says, and the notice that tells of it; raises ``BadInput`` as the decisions."""
    lang = session.lang
    why = sent.fields.get("why") or f"{word(_heading(sent.act), 'zh')} {word(_heading(sent.act), 'en')}"
    if sent.act == "enter":
        return _entered(work, session, sent, why)
    if sent.act == "step" and step is not None:
        _stepped(work, sent, step, why)
    elif sent.act in DECISIONS:
        signed = work.signed(sent.request, sent.fields.get("why", ""), sent.version)
        work.contesting().decide(sent.number, sent.act, signed)
    elif sent.act in ASSIGNING:
        fields = {"firm": sent.fields.get("firm_words", ""), **sent.fields}
        work.assigning().do(sent.act, fields, work.signed(sent.request, why))
    else:
        refuse()
    return html.P(word("kept", lang), className="kept")


def _heading(act: str) -> str:
    headings = {"enter": "do_enter", "step": "take_step"}
    known = (*ASSIGNING, *DECISIONS, *headings)
    if act not in known:
        refuse()
    return headings.get(act, act)


def _entered(work: Casework, session: Session, sent: Sent, why: str) -> html.Div:
    signal, designation = (session.address.get(name, "") for name in ("signal", "designation"))
    board = work.board()
    firms = [row["firm_id"] for row in board.giving(signal, designation)] if ALL in sent.ticked else sent.ticked
    work.require_edit()
    steps = board.enter(signal, designation, firms, work.signed(sent.request, why))
    return outcome(len(steps.events), steps.refused, session)


def _stepped(work: Casework, sent: Sent, step: Mapping[str, Any], why: str) -> None:
    papers = [
        f"{name.removeprefix(PAPER)}={value}" for name, value in sent.fields.items() if name.startswith(PAPER) and value
    ]
    fields = {
        "step": step["step"],
        "papers": "\n".join(papers),
        "ground": sent.fields.get("ground", ""),
        "why": why,
    }
    work.do(step["firm"], Typed("step", fields, step["request"], {"pool": step["version"]}))
