"""Still parts: drawn as one component, however many elements they have.

Dash's renderer mounts each element as a component of its own, some 12 ms for a row of a list; a part that no callback
reads or writes is sent as HTML instead. Texts and attributes are escaped here, and nowhere else is HTML written.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, ClassVar

from dash import dcc
from dash.development.base_component import Component

NAMES = {"className": "class", "htmlFor": "for"}
"""Attributes whose names differ from those of HTML."""
EMPTY = {"br", "col", "hr", "img", "input", "wbr"}
"""Elements without an end."""
NOT_WRITTEN = {"children", "n_clicks"}
OF_HTML = "dash_html_components"
STILL = "tidu"


class Still(Component):
    """The component of ``assets/still.js`` that holds the HTML."""

    _children_props: ClassVar[list[str]] = []
    _base_nodes: ClassVar[list[str]] = ["children"]
    _namespace = STILL
    _type = "Still"

    def __init__(self, html: str, **attributes: Any) -> None:
        self._prop_names = ["id", "html", "className"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties = self._prop_names
        self.available_wildcard_properties: list[str] = []
        super().__init__(html=html, **attributes)


def still(*children: Any, **attributes: Any) -> Still:
    """Elements of HTML, links and texts as one component; raises ``TypeError`` for any other component."""
    return Still(html_of(children), **attributes)


def html_of(node: Any) -> str:
    """The HTML of elements, links, texts and numbers; nothing for None."""
    if node is None:
        return ""
    if isinstance(node, Still):
        return str(node.to_plotly_json()["props"]["html"])
    if isinstance(node, Component):
        return _element(node)
    if isinstance(node, Iterable) and not isinstance(node, str):
        return "".join(map(html_of, node))
    return escape(str(node))


def _element(component: Component) -> str:
    json = component.to_plotly_json()
    attributes: dict[str, Any] = json["props"]
    if isinstance(component, dcc.Link):
        # assets/shell.js follows it without loading the page anew, as Dash does
        attributes, tag = {"data-go": "", **attributes}, "a"
    elif isinstance(component, dcc.Input):
        tag = "input"
    elif json["namespace"] == OF_HTML:
        tag = json["type"].lower()
    else:
        raise TypeError(f"{json['type']} is no element of HTML: it cannot be still")
    start = f"<{tag}{_attributes(attributes)}>"
    return start if tag in EMPTY else f"{start}{html_of(attributes.get('children'))}</{tag}>"


def _attributes(attributes: Mapping[str, Any]) -> str:
    written = []
    for name, value in attributes.items():
        if name in NOT_WRITTEN or value is None or value is False:
            continue
        text = "" if value is True else str(value)
        written.append(f' {NAMES.get(name, name.lower())}="{escape(text)}"')
    return "".join(written)
