"""Sections of a page and the tables in them."""

from collections.abc import Iterable, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import html


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


def table(heads: Iterable[str], rows: Sequence[html.Tr], **attributes: Any) -> html.Table:
    """A table with the headings of its columns."""
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in heads]))
    return html.Table([head, html.Tbody(rows)], **attributes)


def wide(listed: html.Table, name: str) -> html.Div:
    """A table that scrolls sideways by itself where the page is narrow; by keyboard too, under this name."""
    scrolled: dict[str, Any] = {"role": "region", "tabIndex": 0, **aria_label(name)}
    return html.Div(listed, className="wide", **scrolled)
