"""The tables of the page of extracts."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dash import html

from dash_app import routing
from dash_app.api_routes import PREFIX
from dash_app.components.firm_link import firm_link
from dash_app.components.sections import aria_label, table_of_cells
from dash_app.components.values import count, day, rows_counted
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of
from service.wording.rendering import Counted
from service.wording.shown_moments import minute

word = words_of("extracts")
SHOWN = 12
"""Rows of a preview: what fits a screen; the workbook has all."""
HASH_DIGITS = 12
BADGES = {"delivered": "badge held", "to_deliver": "badge signal", "not_known": "badge"}


def file_link(incubator: str, kind: str, text: str, session: Session, **parameters: str) -> html.A:
    """The link to a file of the interface; it opens beside the page, which asks for the password where need be."""
    href = session.href(f"{PREFIX}/extracts/{quote(incubator, safe='')}/{kind}", parameters)
    return html.A(text, href=href, target="_blank", rel="noopener")


def incubators(rows: Sequence[Row], tenants: Mapping[str, int], session: Session) -> html.Div:
    """A row an incubator: its last delivery, whether this release was delivered, and its files."""
    lang = session.lang
    heads = [word(name, lang) for name in ("incubator", "tenants", "last", "to", "this_run", "files")]
    cells = []
    for row in rows:
        name, last = row["incubator"], row["last"]
        path = session.href(routing.EXTRACTS.path(), {"incubator": name})
        state = {True: "delivered", False: "to_deliver", None: "not_known"}[row["is_delivered"]]
        files: list[Any] = [
            file_link(name, "workbook", "XLSX", session),
            " ",
            file_link(name, "columns", word("columns", lang), session),
        ]
        cells.append([
            html.A(name, href=path, **_go()),
            count(tenants.get(name, 0)),
            _last(row, lang),
            last["recipient"] if last else "–",
            html.Span(word(state, lang), className=BADGES[state]),
            html.Span(files if session.scope.may("export") else ["–"]),
        ])  # fmt: skip
    return table_of_cells(word("workbooks", lang), heads, cells)


def _last(row: Row, lang: Lang) -> Any:
    if row["is_delivered"] is None:
        return html.Span(f"? {word('not_known', lang)}", className="quiet")
    last = row["last"]
    return f"{last['delivered_at'][:10]} · {last['day']}" if last else word("never", lang)


def _go() -> dict[str, Any]:
    return {"data-go": ""}


def preview(rows: Sequence[Row], session: Session) -> list[Any]:
    """The first tenants of a workbook."""
    lang = session.lang
    names = ("firm", "next", "gap", "window", "start_by", "contact")
    cells = [
        [
            firm_link(row["firm_id"], row["name"], session),
            row[f"next_{lang}"] or "–",
            row[f"gap_{lang}"] or "–",
            day(row["window_closes_on"]),
            day(row["start_by"]),
            row["contact"] or "–",
        ]
        for row in rows[:SHOWN]
    ]
    return [
        table_of_cells(word("preview", lang), [word(name, lang) for name in names], cells),
        *_more(len(rows), session),
    ]


def changed(rows: Sequence[Row], session: Session) -> list[Any]:
    """The first changes since the last delivery."""
    lang = session.lang
    heads = [word(name, lang) for name in ("state", "firm", "firm_what", "before", "now")]
    cells = [
        [row["kind_word"], firm_link(row["firm_id"], row["name"], session), row["what_word"] or "–",
         row["before"] or "–", row["now"] or "–"]
        for row in rows[:SHOWN]
    ]  # fmt: skip
    return [table_of_cells(word("changes", lang), heads, cells), *_more(len(rows), session)]


def _more(rows: int, session: Session) -> list[html.P]:
    left = rows - SHOWN
    return [html.P(word("more", session.lang).format(count=Counted(left)), className="quiet")] if left > 0 else []


def log(rows: Sequence[Row], session: Session) -> Any:
    """The deliveries, each with its original."""
    lang = session.lang
    if not rows:
        return html.P(word("no_log", lang), className="state-empty")
    heads = [
        word(name, lang) for name in ("number", "when", "incubator", "to", "day_of", "run", "who", "hash", "original")
    ]
    cells = [
        [
            row["seq"],
            minute(row["delivered_at"]),
            row["incubator"],
            row["recipient"],
            row["day"],
            row["run_id"],
            row["delivered_by"],
            row["sha256"][:HASH_DIGITS],
            _original(row, session),
        ]
        for row in rows
    ]
    return table_of_cells(word("log", lang), heads, cells)


def _original(row: Row, session: Session) -> Any:
    if not row["is_kept"]:
        return html.Span(word("gone", session.lang), className="state-unknown")
    if not session.scope.may("export"):
        return "–"
    return file_link(row["incubator"], "workbook", "XLSX", session, delivery=str(row["seq"]))


def cards(paths: Sequence[Path], names: Mapping[str, Row], session: Session) -> Any:
    """The files of the report cards, a line a supplier; ``names`` by the stem of the files."""
    if not paths:
        return html.P(word("no_cards", session.lang), className="state-empty")
    by_supplier = {
        stem: [path for path in paths if path.stem == stem] for stem in sorted({path.stem for path in paths})
    }
    lines = [
        html.Li([names[stem][session.lang] if stem in names else stem, *(_card(path, session) for path in own)])
        for stem, own in by_supplier.items()
    ]
    return html.Ul(lines, className="extracts-cards")


def _card(path: Path, session: Session) -> html.Span:
    href = session.href(f"/download/cards/{quote(path.name, safe='')}")
    name = f"{path.suffix.removeprefix('.').upper()}"
    return html.Span([" ", html.A(name, href=href, target="_blank", rel="noopener", **aria_label(path.name))])


def exported(rows: Sequence[Row], present: str, session: Session) -> Any:
    """Who exported what of which run; an older run leads to what was revised since."""
    lang = session.lang
    heads = [word(name, lang) for name in ("when", "who", "subject", "run", "rows", "hash", "what_revised")]
    cells = [
        [
            minute(row["at"]),
            row["who"],
            row["subject"],
            row["run"] or "–",
            "–" if row["rows"] is None else count(row["rows"]),
            (row["sha256"] or "–")[:HASH_DIGITS],
            _revised(row["run"], present, session),
        ]
        for row in rows
    ]
    return table_of_cells(word("exported", lang), heads, cells)


def _revised(run: str | None, present: str, session: Session) -> Any:
    if run is None or run == present:
        return word("is_present", session.lang) if run else "–"
    path = session.href(routing.EXTRACTS.path(), {"revised": run})
    return html.A(word("what_revised", session.lang), href=path, **_go())


def revised(rows: Sequence[Row], session: Session) -> list[Any]:
    """The figures that a run had otherwise than the present release, each with its cause."""
    lang = session.lang
    heads = [word(name, lang) for name in ("firm", "year", "firm_what", "before", "now", "why")]
    cells = [
        [firm_link(row["firm_id"], row["name"], session), row["year"], row["what"], row["before"], row["after"],
         row[f"why_{lang}"]]
        for row in rows[: SHOWN * SHOWN]
    ]  # fmt: skip
    return [html.P(rows_counted(len(rows), lang)), table_of_cells(word("what_revised", lang), heads, cells)]
