"""Still parts: drawn as one component, however many elements they have.

Dash's renderer mounts each element as a component of its own, some 12 ms for a row of a list; a part that no callback
reads or writes is sent as HTML instead. Texts and attributes are escaped here, and nowhere else is HTML written.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from dash import dcc
from dash.development.base_component import Component

NAMES = {"className": "class", "htmlFor": "for"}
"""Attributes whose names differ from those of HTML."""
EMPTY = {"br", "col", "hr", "img", "input", "wbr"}
"""Elements without an end."""
NOT_WRITTEN = {"children", "n_clicks"}
OF_ROWS = frozenset({"className", "data-label", "scope", "aria-hidden"})
"""Attributes whose values are words of the page, and few."""
NO_PROPERTY = ("_", "available_")
"""Begin the attributes of a component of Dash that describe it."""
OF_HTML = "dash_html_components"
STILL = "tidu"
GO: Any = {"data-go": ""}
"""Marks a link or a form that ``assets/shell.js`` turns into an address without loading the page anew."""
KEEPS_PLACE: Any = {**GO, "data-keep": ""}
"""Of a link after which the page stays where it is scrolled to."""


class Still(Component):
    """The component of ``assets/still.js`` that holds the HTML."""

    _children_props = []  # noqa: RUF012 - as Dash declares them
    _base_nodes = ["children"]  # noqa: RUF012
    _namespace = STILL
    _type = "Still"

    def __init__(self, html: str, **attributes: Any) -> None:
        self._prop_names = ["id", "html", "className"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties = self._prop_names
        self.available_wildcard_properties: list[str] = []
        if unknown := attributes.keys() - {*self._prop_names}:
            raise TypeError(f"a still part has no {', '.join(sorted(unknown))}")
        # Dash's own constructor looks for a package of the name of the component each time, for the text of an error
        vars(self).update(attributes, html=html)


class Written(str):
    """HTML that is written already, see ``elements.py``."""

    __slots__ = ()


def still(*children: Any, **attributes: Any) -> Still:
    """Elements of HTML, links and texts as one component; raises ``TypeError`` for any other component."""
    return Still(html_of(children), **attributes)


def html_of(node: Any) -> str:
    """The HTML of elements, links, texts and numbers; nothing for None."""
    if node is None:
        return ""
    if isinstance(node, str):
        return node if isinstance(node, Written) else escape(node)
    if isinstance(node, Still):
        return str(_json(node)["props"]["html"])
    if isinstance(node, Component):
        return _element(node)
    if isinstance(node, Iterable):
        return "".join(map(html_of, node))
    return escape(str(node))


def _element(component: Component) -> str:
    json = _json(component)
    attributes: dict[str, Any] = json["props"]
    if isinstance(component, dcc.Link):
        attributes, tag = {**GO, **attributes}, "a"
    elif isinstance(component, dcc.Input):
        tag = "input"
    elif json["namespace"] == OF_HTML:
        tag = json["type"].lower()
    else:
        raise TypeError(f"{json['type']} is no element of HTML: it cannot be still")
    start = f"<{tag}{attributes_of(attributes)}>"
    return start if tag in EMPTY else f"{start}{html_of(attributes.get('children'))}</{tag}>"


def _json(component: Component) -> dict[str, Any]:
    """As ``to_plotly_json``, which asks a component for each property that it might have: a third of a page's time."""
    props = {name: value for name, value in vars(component).items() if not name.startswith(NO_PROPERTY)}
    return {"props": props, "type": component._type, "namespace": component._namespace}


def attributes_of(attributes: Mapping[str, Any]) -> str:
    """The attributes of an element in the order of their names, those of None and False left out."""
    names = tuple(attributes)
    if not names:
        return ""
    # every row of a list has the same few
    return _kept(tuple(attributes.items())) if OF_ROWS.issuperset(names) else _written(attributes)


@lru_cache(maxsize=1024)
def _kept(attributes: tuple[tuple[str, str | None], ...]) -> str:
    return _written(dict(attributes))


def _written(attributes: Mapping[str, Any]) -> str:
    return "".join(
        [
            f' {NAMES.get(name) or name.lower()}="{escape(value if isinstance(value, str) else _text(value))}"'
            for name, value in sorted(attributes.items())
            if value is not None and value is not False and name not in NOT_WRITTEN
        ]
    )


def _text(value: Any) -> str:
    """The text of an attribute; nothing for one that is there or not."""
    return "" if value is True else _style(value) if isinstance(value, Mapping) else str(value)


def _style(value: Mapping[str, Any]) -> str:
    """A style as Dash has it, of properties without a hyphen."""
    return "; ".join(f"{name}: {part}" for name, part in value.items())
