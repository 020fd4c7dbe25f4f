"""Tables of the page over all zones; hidden numbers are marked."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dash_app.components.badges import SIGNS
from dash_app.components.lists import figure_cell, line, scrollable_table
from dash_app.components.still import Still
from dash_app.components.values import count, day
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from dash_app.zone_routes import zone_base
from service.wording.rendering import Counted
from service.wording.shown_moments import minute

word = words_of("zones")
COUNTED = ("held_count", "met_count", "judgement_count")
"""What is counted of a title: what people decide stands beside what figures meet."""
MOVES = ("up", "down", "new", "gone")
"""The changes whose numbers stand beside a zone; the other view has all."""
MOVED = ("gone", "new")
"""The changes beside which firms that moved from zone to zone are counted."""
STATE_BADGES = {"published": "held", "unchanged": "held", "held": "signal", "busy": "signal"}
"""How the state of a run is coloured; what is not here is to be mended."""


def shown(firms: int | None, lang: Lang) -> Any:
    """A number of firms, or the word for one that is hidden."""
    return html.Span(word("hidden", lang), className="hidden-cell") if firms is None else count(firms)


def share(value: float | None, lang: Lang) -> Any:
    """A share in percent, or the word for one that is hidden."""
    return shown(None, lang) if value is None else f"{value:.1%}"


def zones_table(rows: Sequence[Row], counted: Sequence[Row], classes: Mapping[str, str], session: Session) -> Still:
    """A row a zone, in the order of the file; numbers where figures of the zone are shown."""
    lang = session.lang
    by_zone: dict[str, dict[str, Row]] = {}
    for row in counted:
        by_zone.setdefault(row["zone"], {})[row["change"]] = row
    lines = [
        line(
            _zone_link(row, session),
            [classes[row["peers"]], _state(row, lang), day(row["day"]), *_numbers(by_zone.get(row["code"]), lang)],
        )
        for row in rows
    ]
    moves = [f"{SIGNS[name]} {value_word('change', name, lang)}" for name in MOVES]
    heads = [*(word(name, lang) for name in ("zone", "class", "last_run", "data_up_to", "firms")), *moves]
    return scrollable_table(word("zones", lang), heads, lines, className="numbers zones")


def _zone_link(row: Row, session: Session) -> Any:
    """The way into a zone, whose pages are another site: the browser loads it anew."""
    if not row["may_enter"]:
        return row[session.lang]
    return html.A(row[session.lang], href=session.of_installation.href(f"{zone_base(row['code'])}/"))


def _state(row: Row, lang: Lang) -> html.Span:
    if row["is_damaged"]:
        return html.Span(word("damaged", lang), className="badge move-down")
    if row["state"] is None:
        return html.Span(word("not_run", lang), className="quiet")
    colour = STATE_BADGES.get(row["state"], "move-down")
    badge = html.Span(value_word("zone_state", row["state"], lang), className=f"badge {colour}")
    parts: list[Any] = [badge, " ", html.Span(minute(row["ended_at"]), className="quiet")]
    if row["refused"]:
        refused = word("refused_here", lang).format(count=Counted(row["refused"]))
        parts += [" ", html.Span(refused, className="badge move-down")]
    return html.Span(parts)


def _numbers(changes: Mapping[str, Row] | None, lang: Lang) -> list[html.Td]:
    if changes is None:
        return [figure_cell("–") for _ in ("firms", *MOVES)]
    firms = next(iter(changes.values()))["of_firms"]
    return [figure_cell(shown(number, lang)) for number in (firms, *(changes[name]["firms"] for name in MOVES))]


def ladder_table(rows: Sequence[Row], named: Mapping[str, str], lang: Lang) -> Still:
    """A row a title: held, met and left to people in each class of zones and over all."""
    classes = list(dict.fromkeys(row["peers"] for row in rows if row["peers"]))
    cells = {(row["designation"], row["peers"]): row for row in rows}
    names = {row["designation"]: row[lang] for row in rows if row["rank"] is not None}
    lines = [
        line(
            name,
            [
                figure_cell(shown(cell[column], lang) if (cell := cells.get((designation, peers))) else "–")
                for peers in (*classes, None)
                for column in COUNTED
            ],
        )
        for designation, name in names.items()
    ]
    columns = [*(named[peers] for peers in classes), word("all_zones_together", lang)]
    heads = [
        word("title", lang),
        *(html.Span([name, html.Br(), word(kind, lang)]) for name in columns for kind in COUNTED),
    ]
    return scrollable_table(word("ladder_by_class", lang), heads, lines, className="numbers")


def changes_table(rows: Sequence[Row], lang: Lang) -> Still:
    """A row a kind of change over all zones: its firms, and those that moved from zone to zone beside them."""
    lines = [line(row[lang], [figure_cell(shown(row["firms"], lang)), figure_cell(_moved(row, lang))]) for row in rows]
    heads = [word("change", lang), word("firms", lang), word("moved_between", lang)]
    return scrollable_table(word("changes_of_all", lang), heads, lines, className="numbers")


def _moved(row: Row, lang: Lang) -> Any:
    return shown(row["moved"], lang) if row["change"] in MOVED else "–"


def comparison_table(rows: Sequence[Row], of_class: str, names: Mapping[str, str], lang: Lang) -> Still:
    """A row a zone in the order of codes: share of its firms with the interval, and the share of its class."""
    highest = max((row["share_high"] for row in rows if row["share_high"] is not None), default=0) or 1
    lines = [
        line(
            names.get(row["zone"], row["zone"]),
            [
                figure_cell(shown(row["firms"], lang)),
                figure_cell(shown(row["of_firms"], lang)),
                html.Td([*_interval(row, highest), _shares(row, lang)]),
                figure_cell(_of_class(row, lang)),
            ],
        )
        for row in rows
    ]
    heads = [word(name, lang) for name in ("zone", "firms_changed", "firms", "share_interval", "of_class")]
    return scrollable_table(f"{word('comparison', lang)} {of_class}", heads, lines, className="numbers zones-compared")


def _of_class(row: Row, lang: Lang) -> Any:
    """The share of the class; in words where the zone is alone in it."""
    if not row["like_zones"]:
        return html.Span(word("no_like_zones", lang), className="quiet")
    return share(row["peers_share"], lang)


def _shares(row: Row, lang: Lang) -> Any:
    if row["share"] is None:
        return shown(None, lang)
    return html.Span(f"{row['share']:.1%} ({row['share_low']:.1%}–{row['share_high']:.1%})")


def _interval(row: Row, highest: float) -> list[html.Span]:
    """The interval on an axis that the class shares; the mark is the share of the class."""
    if row["share"] is None:
        return []
    left, width = row["share_low"] / highest, (row["share_high"] - row["share_low"]) / highest
    parts = [html.Span(className="bar bar-plain", **_styled(f"left: {left:.1%}; width: {width:.1%}; right: auto"))]
    if row["peers_share"] is not None:
        mark = _styled(f"left: {min(row['peers_share'] / highest, 1):.1%}")
        parts.append(html.Span(className="bar-mark", **mark))
    return [html.Span(parts, className="bar-track")]


def _styled(style: str) -> Any:
    """A style as HTML writes it: tables are still parts."""
    return {"style": style}


def matrix_table(rows: Sequence[Row], lang: Lang) -> Still:
    """From the rows to the columns: firms, their share of the row and its interval."""
    begins = {row["from_state"]: row for row in rows}
    ends = {row["to_state"]: row for row in rows}
    cells = {(row["from_state"], row["to_state"]): row for row in rows}
    lines = [
        line(
            start[f"from_{lang}"],
            [*(_cell(cells.get((state, end)), lang) for end in ends), figure_cell(shown(start["from_firms"], lang))],
        )
        for state, start in begins.items()
    ]
    total = [figure_cell(shown(row["to_firms"], lang)) for row in ends.values()]
    lines.append(line(word("total", lang), [*total, figure_cell("")], className="total-row"))
    heads = [word("from_to", lang), *(row[f"to_{lang}"] for row in ends.values()), word("total", lang)]
    return scrollable_table(word("matrix", lang), heads, lines, className="numbers matrix")


def _cell(row: Row | None, lang: Lang) -> html.Td:
    if row is None:
        return html.Td("", className="figure impossible")
    if not row["firms"]:
        return figure_cell(shown(row["firms"], lang))
    if row["share"] is None:  # of a row whose total is hidden
        return figure_cell(count(row["firms"]))
    interval = f"{row['share_low']:.1%}–{row['share_high']:.1%}"
    return figure_cell(
        [count(row["firms"]), html.Div(f"{row['share']:.1%}"), html.Div(interval, className="quiet interval")]
    )


def cohort_table(rows: Sequence[Row], lang: Lang) -> Still:
    """A row a cohort, a column for each year since: the share that reached the title by then, with its interval."""
    years = sorted({row["years"] for row in rows})
    by_cohort: dict[int, dict[int, Row]] = {}
    for row in rows:
        by_cohort.setdefault(row["cohort_year"], {})[row["years"]] = row
    lines = [
        line(
            str(cohort),
            [
                figure_cell(count(next(iter(cells.values()))["firms"])),
                *(figure_cell(_reached(cells.get(year))) for year in years),
            ],
        )
        for cohort, cells in by_cohort.items()
    ]
    heads = [
        word("cohort", lang),
        word("firms", lang),
        *(word("years", lang).format(n=Counted(year)) for year in years),
    ]
    return scrollable_table(word("cohorts", lang), heads, lines, className="numbers matrix")


def _reached(row: Row | None) -> Any:
    if row is None or row["reached_share"] is None:
        return "–"
    interval = f"{row['reached_low']:.1%}–{row['reached_high']:.1%}"
    return [f"{row['reached_share']:.1%}", html.Div(interval, className="quiet interval")]
