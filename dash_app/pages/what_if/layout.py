"""The layout of what-if: the form of a trial, and what it changes for the firms of the scope."""

from typing import Any

from dash import html

from dash_app import ids, routing
from dash_app.components.downloads import downloads
from dash_app.components.lists import pager, part_of, refused, state
from dash_app.components.page import page
from dash_app.components.sections import section
from dash_app.components.values import firms_counted
from dash_app.pages.what_if.figures import PATH, conditions_table, firms_table, groups_table, totals
from dash_app.pages.what_if.forms import editions, thresholds
from dash_app.pages.what_if.state import is_asked, listed, trial_of
from dash_app.session import Session
from dash_app.wording.loader import value_word, words_of
from service.errors import BadInput
from service.queries.rules.zone_trials import UNKNOWN, Trial
from service.reader import ReleaseQueries

word = words_of("what_if")


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page; the whole trial is in the address, and nothing of it is stored."""
    lang = session.lang
    try:
        body = _form(release, trial_of(release, session), session)
    except BadInput as error:
        body = [refused(error, lang)]
    children = [
        html.H1(routing.WHAT_IF.title(lang)),
        html.P(word("lead", lang), className="quiet"),
        *body,
    ]
    return page(children, session, release.freshness())


def _form(release: ReleaseQueries, trial: Trial, session: Session) -> list[Any]:
    lang, asked = session.lang, release.trials()
    head = [editions(asked.editions(), trial, lang), html.P(word("drafts_are", lang), className="quiet")]
    if trial.is_draft:
        written = asked.thresholds(Trial(trial.first))
        try:
            written = asked.thresholds(trial)
        except BadInput as error:
            return [*head, refused(error, lang), section(word("thresholds", lang), thresholds(written, session))]
        form = thresholds(written, session)
        head.append(section(word("thresholds", lang), form if written else state("empty", word("no_figures", lang))))
    if not is_asked(trial):
        return [*head, state("empty", word("nothing_tried", lang))]
    try:
        return [*head, *_answer(release, trial, session)]
    except BadInput as error:
        return [*head, refused(error, lang)]


def _answer(release: ReleaseQueries, trial: Trial, session: Session) -> list[Any]:
    lang, asked, change = session.lang, release.trials(), session.address.get("change", "")
    answer, firms = asked.totals(trial), listed(release, session, part_of(session))
    rungs = {row["designation"]: row[lang] for row in release.flows().titles()}
    sectors = {row["sector"]: value_word("sector", row["sector"], lang) for row in answer["sectors"]}
    name = value_word("trial_change", change, lang) if change else word("every_change", lang)
    heading = f"{name} · {firms_counted(firms.total, lang)}"
    table = firms_table(firms.rows, session) if firms.rows else state("empty", word("nobody", lang))
    return [
        section(word("result", lang), totals(answer["counts"], change, session)),
        section(
            word("conditions", lang),
            conditions_table(answer["conditions"], lang),
            downloads("trial_conditions", session),
        )
        if answer["conditions"]
        else state("empty", word("nobody", lang)),
        section(
            word("by_rung", lang),
            groups_table(answer["rungs"], "rung", {**rungs, UNKNOWN: word("no_rung", lang)}, session),
        ),
        section(heading, table, pager(firms.total, session, PATH), downloads("trial", session), id=ids.MATCHING),
        section(
            word("by_sector", lang),
            groups_table(answer["sectors"], "sector", {**sectors, UNKNOWN: word("unknown_sector", lang)}, session),
        ),
    ]
