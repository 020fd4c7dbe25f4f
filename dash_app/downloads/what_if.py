"""The lists of what-if: the firms that a trial changes, and the conditions that do it."""

from typing import Any

from dash_app import routing
from dash_app.components.lists import EVERY_ROW
from dash_app.downloads.listed import ListFile, as_written
from dash_app.pages.what_if.state import is_asked, listed, trial_of
from dash_app.session import Session
from dash_app.wording.loader import value_word
from service.reader import ReleaseQueries

PAGE = "what_if"
Rows = list[dict[str, Any]]


def _firms(release: ReleaseQueries, session: Session) -> Rows:
    lang = session.lang
    return [
        {
            **row,
            "change": value_word("trial_change", row["change"], lang),
            "before": value_word("outcome", row["before"], lang),
            "after": value_word("outcome", row["after"], lang),
            "condition": row[lang],
        }
        for row in listed(release, session, EVERY_ROW).rows
    ]


def _conditions(release: ReleaseQueries, session: Session) -> Rows:
    lang, trial = session.lang, trial_of(release, session)
    rows = release.trials().totals(trial)["conditions"] if is_asked(trial) else []
    return [
        {
            **row,
            "change": value_word("trial_change", row["change"], lang),
            "decided_by": value_word("trial_side", row["decided_by"], lang),
            "condition": row[lang],
        }
        for row in rows
    ]


LISTS = {
    "trial": ListFile(routing.STAFF, PAGE, _firms, as_written),
    "trial_conditions": ListFile(routing.STAFF, PAGE, _conditions, as_written),
}
