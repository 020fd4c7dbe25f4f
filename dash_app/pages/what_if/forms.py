"""The form of a trial: the edition, another one in its place, or other thresholds of it."""

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import ids
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.queries.rules.zone_trials import Literal, Threshold, Trial

word = words_of("what_if")


def editions(rows: Sequence[Row], trial: Trial, lang: Lang) -> html.Div:
    """The edition tried out, and which takes its place: another of the same designation, or a draft of it."""
    deciding = [row for row in rows if row["is_deciding"] or row["edition_id"] == trial.first]
    designation = next((row["designation"] for row in rows if row["edition_id"] == trial.first), "")
    others = [row for row in rows if row["designation"] == designation and row["edition_id"] != trial.first]
    draft = {"value": "", "label": word("draft", lang)}
    return html.Div(
        [
            dmc.Select(
                id=ids.TRIAL_EDITION,
                label=word("edition", lang),
                data=[_option(row, lang) for row in deciding],
                value=trial.first,
                allowDeselect=False,
            ),
            dmc.Select(
                id=ids.TRIAL_OTHER,
                label=word("in_its_place", lang),
                data=[draft, *(_option(row, lang) for row in others)],
                value=trial.second,
                allowDeselect=False,
                searchable=True,
            ),
        ],
        className="controls trial-editions",
    )


def _option(row: Row, lang: Lang) -> dict[str, str]:
    return {"value": row["edition_id"], "label": f"{row[lang]} · {row[f'title_{lang}']} · {row['edition_id']}"}


def thresholds(rows: Sequence[Threshold], session: Session) -> html.Div:
    """A field for each quantity of the edition, with the value of the text beneath it; empty is the text's own."""
    lang = session.lang
    fields = [
        dmc.TextInput(
            id=ids.threshold(row.condition.id),
            label=row.label(lang),
            description=" ".join(
                [value_word("operator", row.operator, lang), _text(row.written, lang), f"· {row.condition.clause}"]
            ),
            placeholder=_text(row.written, lang),
            value=_text(row.tried, lang) if row.is_changed else "",
            className="changed" if row.is_changed else "",
        )
        for row in rows
    ]
    export = [dmc.Button(word("export", lang), id=ids.TRIAL_EXPORT, variant="default")] if _may_export(session) else []
    return html.Div(
        [
            html.Div(fields, className="form"),
            html.Div([dmc.Button(word("try", lang), id=ids.TRIAL_RUN), *export], className="trial-buttons"),
            html.P(word("not_stored", lang), className="quiet"),
            *([dcc.Download(id=ids.TRIAL_FILE)] if export else []),
        ]
    )


def _text(written: Literal, lang: Lang) -> str:
    return written.text if lang == "zh" else written.text_en


def _may_export(session: Session) -> bool:
    return session.scope.may("export")
