"""Sliders and fields of figures, and what would be with them: worked out on the server, kept nowhere."""

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dash_app import ids
from dash_app.components.badges import answer_badge
from dash_app.components.sections import scrollable, table
from dash_app.components.still import still
from dash_app.pages.firm.margins import margin_bar
from dash_app.rows import Row
from dash_app.wording.loader import Lang, value_word, words_of
from service.casework import Study
from service.wording.rendering import show, show_gap

word = words_of("firm")
STEPS_OF_A_SLIDER = 200


def form(study: Study, designation: str, title: str, lang: Lang) -> list[Any]:
    """The form: a slider and a field a figure; a figure that is not known has a field alone."""
    figures = study.figures(designation)
    if not figures:
        return [html.P(word("nothing_to_try", lang), className="state-empty")]
    return [
        html.P(word("try_hint", lang).format(title=title), className="quiet"),
        html.Div([_figure(row, lang) for row in figures], className="tries"),
        html.Div(id=ids.FIRM_TRIED, **{"aria-live": "polite"}),  # type: ignore[arg-type]
    ]


def _figure(row: Row, lang: Lang) -> html.Div:
    unit = value_word("unit", row["unit"], lang)
    name, known = f"{row[lang]}（{unit}）" if lang == "zh" else f"{row[lang]} ({unit})", row["value"]
    field = dmc.NumberInput(
        id=ids.number(row["fact"]),
        label=name,
        value="" if known is None else known,
        min=0,
        thousandSeparator=",",
        hideControls=True,
        debounce=400,
        placeholder=word("not_known", lang),
        description=word("now_is", lang).format(value="–" if known is None else f"{known:,.10g}"),
    )
    slider = []
    if row["high"]:
        slider = [
            dmc.Slider(
                id=ids.slider(row["fact"]),
                value=known,
                min=0,
                max=row["high"],
                step=row["high"] / STEPS_OF_A_SLIDER,
                label=None,
                thumbLabel=name,
                updatemode="mouseup",
            )
        ]
    return html.Div([field, *slider], className="try")


def result(answer: Row, title: str, lang: Lang) -> list[Any]:
    """Which verdicts change, then each condition of the title with its value before and then."""
    changed = [row for row in answer["verdicts"] if _answer_before(row) != (row["outcome"], row["is_closed"])]
    worded = [_changed(row, lang) for row in changed] or [html.Li(word("nothing_changes", lang))]
    heads = [word(name, lang) for name in ("outcome", "condition", "now", "then", "required", "gap")]
    rows = [_condition(row, lang) for row in answer["conditions"] if _is_moved(row)]
    listed = table(heads, rows)
    margins = scrollable(listed, title)
    same = html.P(word("no_condition_moves", lang), className="quiet")
    return [still(html.Ul(worded, className="tried"), margins if rows else same)]


def _answer_before(row: Row) -> tuple[str, bool]:
    return row["before"], row["was_closed"]


def _changed(row: Row, lang: Lang) -> html.Li:
    before = answer_badge({"outcome": row["before"], "is_closed": row["was_closed"]}, lang)
    return html.Li([html.B(row[lang]), " ", before, " → ", answer_badge(row, lang)])


def _is_moved(row: Row) -> bool:
    names = ("value", "value_high", "outcome", "missing_fact")
    return any(row[name] != row["before"][name] for name in names)


def _condition(row: Row, lang: Lang) -> html.Tr:
    gap = show_gap(row["gap"], row["gap_unit"], lang) if row["gap"] else ""
    cells: Sequence[Any] = [
        answer_badge(row, lang),
        row[lang],
        show(row["before"]["value"], row["unit"], lang),
        [show(row["value"], row["unit"], lang, row["gap"]), margin_bar(row)],
        row[f"required_{lang}"],
        gap,
    ]
    return html.Tr([html.Td(cell) for cell in cells])
