"""The forms of a case: a fold for each act, drawn only where there is something to do it to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dash_app import ids
from dash_app.components.sections import section
from dash_app.rows import Row
from dash_app.wording.loader import Lang, words_of
from service.case_rules import case_rules

word = words_of("case")
Choices = list[dict[str, str]]
LINE, TEXT, DAY, CHOICE = "line", "text", "day", "choice"


@dataclass(frozen=True)
class Form:
    """An act, its heading, and its fields, each with how it is typed."""

    act: str
    heading: str
    fields: Mapping[str, str]


FORMS = (
    Form("visit", "do_visit", {
        "visited_on": DAY, "note": TEXT, "ours": LINE, "ours_by": DAY, "theirs": LINE, "theirs_by": DAY, "next_on": DAY,
    }),
    Form("contact", "do_contact", {"outcome": CHOICE, "about": LINE, "next_on": DAY, "note": TEXT}),
    Form("request", "do_request", {"what": TEXT, "topic": LINE, "raised_on": DAY}),
    Form("answer", "do_answer", {"number": CHOICE, "answer": TEXT}),
    Form("close", "do_close", {"number": CHOICE, "result": CHOICE}),
    Form("task", "do_task", {"what": TEXT, "start_by": DAY, "due_by": DAY, "officer": LINE}),
    Form("done", "do_done", {"number": CHOICE, "outcome": TEXT}),
    Form("drop", "do_drop", {"number": CHOICE, "outcome": TEXT}),
    Form("application", "do_application", {"designation": CHOICE}),
    Form("filed", "do_filed", {"number": CHOICE, "filed_on": DAY, "receipt": LINE}),
    Form("step", "do_step", {"step": CHOICE, "designation": CHOICE, "papers": TEXT, "ground": LINE, "why": LINE}),
)  # fmt: skip


GROUPS = {
    "group_visit": ("visit", "contact"),
    "group_request": ("request", "answer", "close"),
    "group_task": ("task", "done", "drop"),
    "group_application": ("application", "filed"),
    "group_pool": ("step",),
}
"""The forms by what they are about."""


def forms(case: Row, steps: Sequence[Row], titles: Sequence[Row], contest: Any, lang: Lang) -> dmc.Paper:
    """The forms in groups, last that of a contest; one whose thing can be chosen from nothing is left out."""
    choices = _choices(case, steps, titles, lang)
    shown = [form for form in FORMS if all(choices.get((form.act, name), True) for name in form.fields)]
    groups = [
        _group(group, [_fold(form, choices, lang) for form in shown if form.act in acts], lang)
        for group, acts in GROUPS.items()
    ]
    own = [group for group in groups if group is not None]
    return section(word("forms", lang), *own, _group("group_contest", [contest], lang), className="section case-forms")


def _group(name: str, folds: Sequence[Any], lang: Lang) -> html.Div | None:
    return html.Div([html.H3(word(name, lang)), *folds], className="form-group") if folds else None


def _choices(case: Row, steps: Sequence[Row], titles: Sequence[Row], lang: Lang) -> dict[tuple[str, str], Choices]:
    requests, tasks, applications = case["requests"], case["tasks"], case["applications"]
    designations = [{"value": title["designation"], "label": title[lang]} for title in titles]
    return {
        ("contact", "outcome"): [
            {"value": name, "label": getattr(words, lang)} for name, words in case_rules().contacts.items()
        ],
        ("answer", "number"): _numbers(requests, lang),
        ("close", "number"): _numbers([row for row in requests if row["state"] == "answered"], lang),
        ("close", "result"): [
            {"value": name, "label": getattr(words, lang)} for name, words in case_rules().results.items()
        ],
        ("done", "number"): _numbers(tasks, lang),
        ("drop", "number"): _numbers(tasks, lang),
        ("application", "designation"): designations,
        ("filed", "number"): _numbers([row for row in applications if row["state"] == "open"], lang),
        ("step", "step"): [{"value": row["step"], "label": row[f"step_{lang}"]} for row in steps],
        ("step", "designation"): designations,
    }


def _numbers(rows: Sequence[Row], lang: Lang) -> Choices:
    return [{"value": row["number"], "label": f"{row['number']} {row[f'about_{lang}']}"} for row in rows]


def _fold(form: Form, choices: Mapping[tuple[str, str], Choices], lang: Lang) -> html.Details:
    fields = [
        _field(form.act, name, kind, choices.get((form.act, name), []), lang) for name, kind in form.fields.items()
    ]
    save = dmc.Button(word("save", lang), id=ids.send(form.act))
    return html.Details([html.Summary(word(form.heading, lang)), html.Div([*fields, save], className="form")])


def _field(act: str, name: str, kind: str, choices: Choices, lang: Lang) -> Any:
    common: dict[str, Any] = {"id": ids.field(act, name), "label": word(name, lang)}
    if kind == CHOICE:
        return dmc.Select(**common, data=choices, clearable=True)
    if kind == TEXT:
        return dmc.Textarea(**common, autosize=True, minRows=2)
    return dmc.TextInput(**common, placeholder=word("day_hint", lang) if kind == DAY else None)


GRANTED = "granted_by_list"
"""The reason that a run gives for the result of an application."""


def reason(why: str, lang: Lang) -> str:
    """Why an event was made, as shown: a reason that is kept in both languages by its word, a typed one as it is."""
    known = {heading_of(form.act): form.heading for form in FORMS} | {_in_both(GRANTED): GRANTED}
    return word(known[why], lang) if why in known else why


def heading_of(act: str) -> str:
    """The heading of the form of an act in both languages: why an event was made, where nothing else was typed."""
    heading = next(form.heading for form in FORMS if form.act == act)
    return _in_both(heading)


def _in_both(name: str) -> str:
    return f"{word(name, 'zh')} {word(name, 'en')}"
