"""Elements of a still part, written as they are named: as components of Dash they cost four times as much.

They are for lists of many rows, take children and attributes as ``dash.html`` does, and stand in still parts only.
"""

from typing import Any

from dash_app.components.still import Written, attributes_of, html_of


class Element:
    """Writes elements of a name."""

    def __init__(self, name: str) -> None:
        self._start, self._end = f"<{name}", f"</{name}>"

    def __call__(self, children: Any = None, **attributes: Any) -> Written:
        """HTML of the element; texts are escaped."""
        return Written(f"{self._start}{attributes_of(attributes)}>{html_of(children)}{self._end}")


A, B, Caption, Details, Div, Li, Nav, Span, Summary, Table, Tbody, Td, Th, Thead, Tr, Ul = map(
    Element,
    [
        "a",
        "b",
        "caption",
        "details",
        "div",
        "li",
        "nav",
        "span",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ],
)
