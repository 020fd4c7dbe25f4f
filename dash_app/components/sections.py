"""Sections of a page and the tables in them."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import html

FEWEST_OF_A_CARD = 3
"""Columns; fewer fit on a phone beside each other."""
GRIDS = {"numbers", "conditions", "movers", "data-series"}
"""Classes of tables that are no cards on a phone, or are so in a way of their own."""
LABEL = "data-label"
_FIGURE = "is-figure"
_NUMBER = re.compile(r"[-−+]?\d[\d,]*(\.\d+)?%?")


def aria_label(name: str) -> Any:
    """The attribute that names a component to screen readers."""
    return {"aria-label": name}


def section(title: str, *children: Any, **attributes: Any) -> dmc.Paper:
    """A section under its own heading."""
    return dmc.Paper(
        [html.H2(title, className="section-title"), *children],
        withBorder=True,
        **{"className": "section", **attributes},
    )


def table(heads: Iterable[Any], rows: Sequence[html.Tr], **attributes: Any) -> html.Table:
    """A table with the headings of its columns; on a phone each row is a card, whose cells bear them.

    One of class ``numbers`` stays a grid there, since its columns are compared.
    """
    names = list(heads)
    written = attributes.get("className", "")
    is_grid = any(f" {grid} " in f" {written} " for grid in GRIDS)
    figures = set() if is_grid else _figure_columns(rows)
    head = html.Thead(
        html.Tr(
            [
                html.Th(name, scope="col", className=_FIGURE if nth in figures else None)
                for nth, name in enumerate(names)
            ]
        )
    )
    if len(names) >= FEWEST_OF_A_CARD and not is_grid:
        attributes["className"] = written if "data-cards" in written else f"{written} data-cards".strip()
        labels = [_text(name) for name in names]
        for row in rows:
            _label(row, labels)
    return html.Table([head, html.Tbody(rows)], **attributes)


def _label(row: html.Tr, labels: Sequence[str]) -> None:
    cells = row.children if isinstance(row.children, list) else []
    for label, cell in zip(labels, cells, strict=False):
        if isinstance(cell, html.Td) and not hasattr(cell, LABEL):
            setattr(cell, LABEL, label)


def _figure_columns(rows: Sequence[html.Tr]) -> set[int]:
    """The columns, but for the first, all of whose cells are a number or –; they are aligned to the right."""
    cells = [row.children for row in rows if isinstance(row.children, list)]
    figures = {
        nth
        for nth, column in enumerate(zip(*cells, strict=False))
        if nth and any(_NUMBER.fullmatch(_plain(cell)) for cell in column)
        and all(_plain(cell) == "–" or _NUMBER.fullmatch(_plain(cell)) for cell in column)
    }  # fmt: skip
    for row in cells:
        for nth in figures:
            row[nth].className = " ".join(filter(None, (getattr(row[nth], "className", None), _FIGURE)))
    return figures


def _plain(cell: Any) -> str:
    """The text of a cell that holds nothing else."""
    return cell.children if isinstance(cell, html.Td) and isinstance(cell.children, str) else ""


def _text(node: Any) -> str:
    """The text of a heading, which may be a link that sorts."""
    if isinstance(node, list | tuple):
        return "".join(map(_text, node))
    children = getattr(node, "children", node)
    return _text(children) if children is not node else "" if node is None else str(node)


def table_of_cells(name: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> html.Div:
    """A scrollable table whose rows are lists of cells."""
    return scrollable(table(heads, [html.Tr([html.Td(cell) for cell in cells]) for cells in rows]), name)


def scrollable(content: Any, name: str) -> html.Div:
    """A table that scrolls sideways by itself where the page is narrow; by keyboard too, under this name."""
    region: dict[str, Any] = {"role": "region", "tabIndex": 0, **aria_label(name)}
    return html.Div(content, className="wide", **region)
