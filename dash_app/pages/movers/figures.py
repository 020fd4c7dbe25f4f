"""The grid of the movers: its columns, and a firm as one of its rows."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_ag_grid as dag

from dash_app import ids, routing
from dash_app.components.badges import SIGNS
from dash_app.components.changes import changed
from dash_app.components.theme import GRID_THEME
from dash_app.components.values import count, day, money, percent
from dash_app.session import Session, SortKey
from dash_app.wording.loader import Lang, words_of

WIDTHS = {
    "name": 190, "held": 140, "met": 120, "change": 150, "signal": 400, "next": 260, "due_on": 130,
    "revenue": 130, "growth": 100, "rd_share": 100, "staff": 92, "incubator": 150,
}  # fmt: skip
NUMERIC = ("revenue", "growth", "rd_share", "staff")
UNSORTED = ("signal", "next")
WITH_TOOLTIP = ("name", "held", "change", "signal", "next")
RENDERERS = {"name": "FirmLink", "change": "Change"}
"""Columns that ``assets/dashAgGridComponentFunctions.js`` draws."""
BLOCK_ROWS = 100
ROW_HEIGHT = 132
"""Pixels: six lines, so that the longest reason and next step of the sample are read whole at the widths above."""

word = words_of("movers")


def grid(lang: Lang, order: Sequence[SortKey]) -> dag.AgGrid:
    """The empty grid, sorted by ``order``; it asks for its rows block by block."""
    return dag.AgGrid(
        id=ids.GRID,
        rowModelType="infinite",
        columnDefs=_columns(lang, order),
        defaultColDef={"resizable": True, "sortable": True, "suppressMovable": True, "wrapText": True},
        getRowId="params.data.firm_id.toString()",
        className="grid",
        style={"height": "min(68vh, 900px)"},
        dashGridOptions={
            "maxConcurrentDatasourceRequests": 1,  # dash-ag-grid answers only the latest of several
            "blockLoadDebounceMillis": 80,
            "cacheBlockSize": BLOCK_ROWS,
            "maxBlocksInCache": 10,
            "ensureDomOrder": True,
            "tooltipShowDelay": 300,
            "rowHeight": ROW_HEIGHT,
            "localeText": {
                "noRowsToShow": word("no_rows", lang),
                "loadingOoo": word("loading", lang),
            },
            "theme": {"function": GRID_THEME},
        },
    )


def _columns(lang: Lang, order: Sequence[SortKey]) -> list[dict[str, Any]]:
    sorted_by = {key.colId: (key.sort, position) for position, key in enumerate(order)}
    columns = []
    for name, width in WIDTHS.items():
        direction, position = sorted_by.get(name, (None, None))
        column = {
            "field": name,
            "headerName": word(name, lang),
            "width": width,
            "sortable": name not in UNSORTED,
            "sort": direction,
            "sortIndex": position,
            "tooltipField": name if name in WITH_TOOLTIP else None,
            "type": "rightAligned" if name in NUMERIC else None,
            "cellRenderer": RENDERERS.get(name),
        }
        columns.append({key: value for key, value in column.items() if value is not None})
    return columns


def grid_row(mover: Mapping[str, Any], session: Session) -> dict[str, Any]:
    """A firm as a row: texts as they are shown, and the parts that the renderers draw link and change from."""
    lang = session.lang
    return {
        "firm_id": mover["firm_id"],
        "name": mover["name"],
        "href": session.href(routing.FIRM.path(firm_id=mover["firm_id"])),
        "held": mover[f"titles_{lang}"] or "–",
        "met": mover[f"met_{lang}"] or "–",
        "change": changed(mover, lang),
        "move": mover["change"],
        "sign": SIGNS.get(mover["change"], ""),
        "signal": _signals(mover["signals"], lang),
        "next": mover[f"next_{lang}"] or "–",
        "due_on": f"{mover[f'due_{lang}']} {day(mover['due_on'])}" if mover["due_on"] else "–",
        "revenue": money(mover["revenue_y0_fen"], lang),
        "growth": percent(mover["revenue_growth_1y_pct"]),
        "rd_share": percent(mover["rd_share_y0_pct"]),
        "staff": count(mover["staff_end_y0"]),
        "incubator": mover["incubator"] or "–",
    }


def _signals(signals: Sequence[Mapping[str, Any]], lang: Lang) -> str:
    """The first signal with its reason, and how many more there are."""
    if not signals:
        return "–"
    first, more = signals[0], len(signals) - 1
    text = f"{first[f'signal_{lang}']} · {first[f'reason_{lang}']}"
    return f"{text} ({word('more', lang)} {more} {word('more_unit', lang)})" if more else text
