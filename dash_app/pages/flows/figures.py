"""The tables of flows: the matrix, the firms of a cell, groups side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dash_app import routing
from dash_app.components.firm_link import firm_link
from dash_app.components.lists import counted_link, figure_cell, line, scrollable_table, with_changes
from dash_app.components.still import Still, still
from dash_app.components.values import count, industry
from dash_app.pages.flows.sankey import colour, ends_of
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.wording.rendering import park_name

word = words_of("flows")
PATH = routing.FLOWS.path()


def share(value: float | None) -> str:
    """A share of one in percent with one decimal place."""
    return "–" if value is None else f"{value:.1%}"


def matrix_table(rows: Sequence[Row], session: Session) -> Still:
    """From rows to columns: firms, their share of the row and its interval; leavers and unknown are among them."""
    lang = session.lang
    begins = list(dict.fromkeys(row["from_state"] for row in rows if row["from_firms"] != 0))
    ends = list(dict.fromkeys(row["to_state"] for row in rows if row["to_firms"] != 0))
    cells = {(row["from_state"], row["to_state"]): row for row in rows}
    names = {row["from_state"]: row[f"from_{lang}"] for row in rows} | {
        row["to_state"]: row[f"to_{lang}"] for row in rows
    }
    lines = []
    for state in begins:
        total = next(row["from_firms"] for row in rows if row["from_state"] == state)
        inner = [_matrix_cell(cells.get((state, end)), session) for end in ends]
        lines.append(line(names[state], [*inner, figure_cell(_total(total, session, **{"from": state, "to": ""}))]))
    sums = [next(row["to_firms"] for row in rows if row["to_state"] == end) for end in ends]
    margins = [figure_cell(_total(of, session, **{"from": "", "to": end})) for end, of in zip(ends, sums, strict=True)]
    known = [row["firms"] for row in rows]
    zone = count(sum(known)) if None not in known else word("hidden", lang)
    lines.append(line(word("total", lang), [*margins, figure_cell(zone)], className="total-row"))
    heads = [word("from_to", lang), *(names[end] for end in ends), word("total", lang)]
    return scrollable_table(word("matrix", lang), heads, lines, className="numbers matrix")


def ends_in_words(states: str, names: Mapping[str, str], lang: Lang) -> str:
    """The states of one end of a band or cell, as an address names them."""
    between = "、" if lang == "zh" else ", "
    return between.join(names.get(state, state) for state in states.split(",")) if states else word("any_state", lang)


def bands_list(flows: Sequence[Row], session: Session) -> Still:
    """The bands of the diagram from the largest on, each with its firms as a link."""
    lang = session.lang
    items = []
    for flow in sorted(flows, key=lambda flow: -flow["firms"]):
        begins, ends = ends_of([flow])
        end = word("pooled", lang) if "pooled" in flow else flow[f"to_{lang}"]
        link = counted_link(flow["firms"], with_changes(session, PATH, **{"from": begins, "to": ends}), lang)
        items.append(html.Li([f"{flow[f'from_{lang}']} → {end} ", link]))
    summary = html.Summary(f"{word('bands', lang)} {len(items)}")
    return still(html.Details([summary, html.Ul(items)], className="flow-bands"))


def _total(firms: int | None, session: Session, **cell: str) -> Any:
    return (
        count(firms)
        if session.address.get("outside") == "1" and firms
        else counted_link(firms, with_changes(session, PATH, **cell), session.lang)
    )


def _matrix_cell(row: Row | None, session: Session) -> html.Td:
    if row is None:
        return html.Td("", className="figure impossible")
    number = _total(row["firms"], session, **{"from": row["from_state"], "to": row["to_state"]})
    if not row["firms"]:
        return figure_cell(number)
    interval = f"{share(row['share_low'])}–{share(row['share_high'])}"
    return html.Td(
        [number, html.Div(share(row["share"])), html.Div(interval, className="quiet interval")],
        className="figure",
        **_styled(f"box-shadow: inset 3px 0 {colour(row)}"),
    )


def _styled(style: str) -> Any:
    """A style as HTML writes it: tables are still parts."""
    return {"style": style}


def firms_table(rows: Sequence[Row], names: Mapping[str, str], session: Session) -> Still:
    """Table: firm, state before and after, industry, park."""
    lang = session.lang
    lines = [
        line(
            firm_link(row["firm_id"], row["name"], session),
            [
                names[row["from_state"]],
                names[row["to_state"]],
                industry(row["industry_code"], lang),
                park_name(row["division_code"], lang),
            ],
        )
        for row in rows
    ]
    heads = [word(name, lang) for name in ("name", "from", "to", "sector", "park")]
    return scrollable_table(word("firms", lang), heads, lines)


def groups_table(rows: Sequence[Row], group: str, fewest: int, session: Session) -> Still:
    """A row a group with its shares as bars on one axis; small groups are named and not drawn."""
    lang = session.lang
    drawn = [row for row in rows if row["firms"] >= fewest]
    longest = max((max(row["risen"], row["fallen"]) / row["firms"] for row in drawn), default=0) or 1
    everyone = sum(row["firms"] for row in rows)
    zone = {name: sum(row[name] for row in rows) for name in ("risen", "fallen", "gone")}
    lines = [
        line(
            group_name(row, group, lang),
            [
                figure_cell(count(row["firms"])),
                _bar(row["risen"], row["firms"], longest, zone["risen"] / everyone, "up"),
                _bar(row["fallen"], row["firms"], longest, zone["fallen"] / everyone, "down"),
                figure_cell(count(row["gone"])),
            ],
        )
        for row in drawn
    ]
    heads = [word(name, lang) for name in (group, "firms", "risen", "fallen", "gone")]
    return scrollable_table(word("groups", lang), heads, lines, className="numbers groups")


def group_name(row: Row, group: str, lang: Lang) -> str:
    """A sector or park in words."""
    return industry(row["stratum"], lang) if group == "sector" else park_name(row["stratum"], lang)


def _bar(firms: int, of: int, longest: float, zone: float, way: str) -> html.Td:
    """A bar with its number; the grey mark is the share of all firms."""
    part = firms / of
    bar = html.Span(className=f"bar bar-{way}", **_styled(f"width: {part / longest:.1%}"))
    mark = html.Span(className="bar-mark", **_styled(f"left: {min(zone / longest, 1):.1%}"))
    sign = {"up": "▲", "down": "▼"}[way]
    return html.Td([html.Span([bar, mark], className="bar-track"), html.Span(f"{sign} {share(part)} ({count(firms)})")])


def small_groups(rows: Sequence[Row], group: str, fewest: int, lang: Lang) -> str:
    """Which groups are too small to be compared."""
    small = [f"{group_name(row, group, lang)} {row['firms']}" for row in rows if row["firms"] < fewest]
    return f"{word('too_small', lang)} {', '.join(small)}" if small else ""


def strata_in_words(bands: Mapping[str, Mapping[str, str]], lang: Lang) -> dict[str, str]:
    """Every group of like firms in words: its sector by name, its bands of age and size."""
    return {
        stratum: " · ".join(known or value_word("sector", part, lang) for part, known in parts.items())
        for stratum, parts in bands.items()
    }
