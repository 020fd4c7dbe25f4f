"""What is in each fold of the page, by the fold's name: an edition, a group of editions, or a question of its own."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from dash import html

from dash_app.components.still import still
from dash_app.pages.firm import studies, what_if
from dash_app.pages.firm.evidence import FOLDS, edition_body, group
from dash_app.pages.firm.timeline import timeline
from dash_app.session import Session
from dash_app.wording.loader import Lang
from service.casework import Study
from service.errors import BadInput
from service.queries.firm.edition_groups import aimed_at
from service.queries.firm.firm_page import FirmFile


@dataclass(frozen=True)
class Opening:
    """A firm whose fold is opened: its file, what can be worked out, the title aimed at, and the request."""

    file: FirmFile
    study: Study
    session: Session
    opened: Collection[str] = ()

    @property
    def lang(self) -> Lang:
        """The language of the page."""
        return self.session.lang

    @property
    def aim(self) -> Mapping[str, Any]:
        """The verdict on the title aimed at; raises ``LookupError`` where the firm has no verdict at all."""
        verdict = aimed_at(self.file)
        if verdict is None:
            raise LookupError(self.file.profile["firm_id"])
        return verdict


Part = Callable[[Opening], Any]
STUDIES: Mapping[str, Part] = {
    "step": lambda at: still(studies.step(at.study, at.aim["designation"], at.lang)),
    "what_if": lambda at: what_if.form(at.study, at.aim["designation"], at.aim[at.lang], at.lang),
    "worth": lambda at: still(studies.worth(at.study, at.aim["designation"], at.lang)),
    "services": lambda at: still(studies.services(at.study, at.lang)),
}
"""What is asked towards the title aimed at."""
RECORDS: Mapping[str, Part] = {
    "due": lambda at: still(studies.due(at.file.due, at.lang)),
    "duties": lambda at: still(studies.duties(at.study, at.lang)),
    "timeline": lambda at: still(timeline(at.study.timeline(), at.file.profile["firm_id"], at.lang)),
}
"""What is due of the firm, and what happened to it."""


def part(name: str, at: Opening) -> Any:
    """The content of a fold; None where there is no such fold. An answer that fails is the reason why."""
    asked = {**(STUDIES if aimed_at(at.file) else {}), **RECORDS}.get(name)
    if asked:
        try:
            return asked(at)
        except BadInput as error:
            return html.P(error.zh if at.lang == "zh" else error.en, className="state-unknown")
    kind = next((kind for kind, fold in FOLDS.items() if fold == name), None)
    if kind is not None:
        return group(at.file, kind, at.opened, at.lang)
    return edition_body(at.file, name, at.lang)
