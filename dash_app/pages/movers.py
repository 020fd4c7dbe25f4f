"""Who is moving: totals by movement, filters in the address, and a grid that asks the server for its rows."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import frame
from dash_app.numbers import count as whole
from dash_app.numbers import day, money, percent
from dash_app.words import Lang, word
from service.queries.movers import Filters, count, totals
from warehouse.release.releases import Published

WIDTHS = {
    "name": 250, "movement": 118, "reason": 330, "held": 130, "met": 130, "eligible": 130, "due_on": 112,
    "revenue": 130, "growth": 100, "rd_share": 100, "staff": 92, "incubator": 150,
}  # fmt: skip
NUMERIC = ("revenue", "growth", "rd_share", "staff")
UNSORTED = ("reason",)


def layout(published: Published, filters: Filters, lang: Lang, order: Sequence[Mapping[str, str]] = ()) -> Any:
    """The page for one address; the grid begins in the order last chosen."""
    address = {name: value for name, value in vars(filters).items() if value}
    if lang == "en":
        address["lang"] = "en"
    return frame.frame(
        published,
        lang,
        address,
        [
            html.H1(word("movers", lang)),
            _ladder(published, lang),
            _totals(published, filters, lang),
            _controls(published, filters, lang),
            _matching(published, filters, lang),
            _grid(lang, order),
        ],
    )


def _ladder(published: Published, lang: Lang) -> html.Ol:
    """The rungs, with how many hold and meet each."""
    rungs = published.rows("select * from mart_zone__ladder where rank > 0 order by rank")
    return html.Ol(
        [
            html.Li(
                [
                    html.Span(rung[lang], className="rung-name"),
                    html.Span([html.B(whole(rung["held_count"])), " ", word("hold_count", lang)]),
                    *(
                        html.Span([html.B(whole(rung[counted])), " ", word(name, lang)], className="quiet")
                        for counted, name in (
                            ("met_count", "meet_count"),
                            ("judgement_count", "outcome_judgement"),
                        )
                    ),
                ]
            )
            for rung in rungs
        ],
        className="ladder",
        **frame.labelled(word("ladder", lang)),
    )


def _totals(published: Published, filters: Filters, lang: Lang) -> html.Nav:
    """Each movement is a link that filters by it; chosen again it is let go."""
    rows = totals(published, filters)
    links = [_chip("", word("all", lang), sum(row["firms"] for row in rows), filters, lang)]
    links += [_chip(row["movement"], row[lang], row["firms"], filters, lang) for row in rows]
    return html.Nav(links, className="chips", **frame.labelled(word("movement", lang)))


def _chip(movement: str, name: str, firms: int, filters: Filters, lang: Lang) -> dcc.Link:
    is_chosen = filters.movement == movement
    target = filters.with_(movement="" if is_chosen else movement)
    return dcc.Link(
        [
            html.Span(frame.SIGNS.get(movement, ""), className="sign", **frame.HIDDEN),
            html.Span(name),
            html.B(whole(firms)),
        ],
        href="/" + target.address(lang),
        className=f"chip move-{movement or 'all'}" + (" chosen" if is_chosen else ""),
    )


def _controls(published: Published, filters: Filters, lang: Lang) -> html.Div:
    rungs = published.rows("select designation as value, zh, en from ref_designations where rank > 0 order by rank")
    choices = [{"value": rung["value"], "label": rung[lang]} for rung in rungs]
    choices.append({"value": "none", "label": word("none_held", lang)})
    incubators = published.rows(
        "select distinct incubator from mart_movers__firms where incubator is not null order by 1"
    )
    return html.Div(
        [
            dmc.TextInput(
                id="q",
                label=word("search", lang),
                placeholder=word("search_hint", lang),
                value=filters.q,
                debounce=True,
            ),
            dmc.Select(
                id="held",
                label=word("held_filter", lang),
                data=choices,
                value=filters.held or None,
                clearable=True,
                placeholder=word("all", lang),
            ),
            dmc.Select(
                id="incubator",
                label=word("incubator_filter", lang),
                data=[row["incubator"] for row in incubators],
                value=filters.incubator or None,
                clearable=True,
                searchable=True,
                placeholder=word("all", lang),
            ),
            dmc.Switch(id="gap", label=word("applied_gap", lang), checked=bool(filters.gap)),
        ],
        className="controls",
    )


def _matching(published: Published, filters: Filters, lang: Lang) -> html.P:
    found, every = count(published, filters), count(published, Filters())
    unit = word("firms_unit", lang)
    parts: list[Any] = [
        word("matching", lang),
        " ",
        html.B(whole(found), id="matching"),
        f" {unit} · ",
    ]
    parts.append(f"{word('of_all', lang)} {whole(every)} {unit}")
    if filters != Filters():
        parts += [" · ", dcc.Link(word("clear", lang), href="/" + Filters().address(lang))]
    return html.P(parts, className="matching", role="status")


def _grid(lang: Lang, order: Sequence[Mapping[str, str]]) -> dag.AgGrid:
    chosen = {one["colId"]: (one["sort"], place) for place, one in enumerate(order)}
    columns = [
        {
            "field": name,
            "headerName": word(name, lang),
            "width": WIDTHS[name],
            "sortable": name not in UNSORTED,
            "sort": chosen[name][0] if name in chosen else None,
            "sortIndex": chosen[name][1] if name in chosen else None,
            "tooltipField": name if name in ("name", "reason") else None,
            "type": "rightAligned" if name in NUMERIC else None,
            "cellRenderer": {"name": "FirmLink", "movement": "Movement"}.get(name),
        }
        for name in WIDTHS
    ]
    return dag.AgGrid(
        id="grid",
        rowModelType="infinite",
        columnDefs=[{key: value for key, value in column.items() if value is not None} for column in columns],
        defaultColDef={"resizable": True, "sortable": True, "suppressMovable": True},
        getRowId="params.data.firm_id.toString()",
        className="grid",
        style={"height": "min(68vh, 900px)"},
        dashGridOptions={
            "maxConcurrentDatasourceRequests": 1,
            "blockLoadDebounceMillis": 80,
            "cacheBlockSize": 100,
            "maxBlocksInCache": 10,
            "ensureDomOrder": True,
            "tooltipShowDelay": 300,
            "rowHeight": 40,
            "localeText": {
                "noRowsToShow": word("no_rows", lang),
                "loadingOoo": word("loading", lang),
            },
            "theme": {
                "function": "themeQuartz.withParams({fontFamily: "
                + repr(frame.FONT)
                + f", accentColor: '{frame.ACCENT}', headerBackgroundColor: '#eef3f7'}})"
            },
        },
    )


def row_of(mover: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """A row of the grid: texts as people read them; the link and the movement are drawn from their parts."""
    return {
        "firm_id": mover["firm_id"],
        "name": mover["name"],
        "href": frame.with_lang(f"/firm/{mover['firm_id']}", lang),
        "movement": mover["movement_zh" if lang == "zh" else "movement_en"],
        "move": mover["movement"],
        "sign": frame.SIGNS.get(mover["movement"], ""),
        "reason": mover[f"reason_{lang}"],
        "held": mover[f"held_{lang}"] or "–",
        "met": mover[f"met_{lang}"] or "–",
        "eligible": mover[f"eligible_{lang}"] or "–",
        "due_on": day(mover["due_on"]),
        "revenue": money(mover["revenue_y0_fen"], lang),
        "growth": percent(mover["revenue_growth_1y_pct"]),
        "rd_share": percent(mover["rd_share_y0_pct"]),
        "staff": whole(mover["staff_end_y0"]),
        "incubator": mover["incubator"] or "–",
    }
