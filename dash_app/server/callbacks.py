"""Callback requests are checked before Dash takes them: forged and malformed ones are answered with 400, not 500.

``check`` compares the form of a request (which callback, which components) with the callbacks of the app; ``typed``
its values with the annotations of the callback's function.
"""

import inspect
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import wraps
from typing import Any, NoReturn, get_type_hints

import flask
from dash import Dash
from pydantic import BaseModel, TypeAdapter, ValidationError

ROLES = "tidu_roles"
"""The attribute of a callback's function that states whom it admits."""
Scalar = str | int | float | bool
MANY = (["ALL"], ["ALLSMALLER"])
"""Wildcards for a list of components, as Dash writes them into the ids of a callback; MATCH is for one."""


class Component(BaseModel, strict=True):
    """A property of a component; its value is checked by ``typed``."""

    id: str | dict[str, Scalar]
    property: str


Slot = Component | list[Component]
"""What a request names for one dependency: a component, or a list for a wildcard of many."""


class CallbackRequest(BaseModel, strict=True):
    """The body of a callback request, as Dash's renderer writes it."""

    output: str
    outputs: Component | list[Slot]
    inputs: list[Slot]
    state: list[Slot] = []
    changedPropIds: list[str] = []  # noqa: N815 - the name in the request


def refuse() -> NoReturn:
    """Answer 400 without stating which part was wrong."""
    flask.abort(400, "无法识别的请求 The request was not understood")


def check(app: Dash, role: str) -> None:
    """Refuse the current request unless it is one that the pages of ``app`` make, and its callback admits the role."""
    try:
        body = flask.request.get_json(silent=True)
        json.dumps(body, ensure_ascii=False).encode()  # half a surrogate pair cannot be bound to a query
        request = CallbackRequest.model_validate(body)
        callback = app.callback_map.get(request.output)
        is_admitted = callback is None or role in roles_of(callback)
        is_expected = _is_expected(request, app.callback_map)
    except (ValidationError, UnicodeEncodeError, RecursionError, json.JSONDecodeError):
        refuse()
    if not is_admitted:
        flask.abort(403)
    if not is_expected:
        refuse()


def roles_of(callback: Mapping[str, Any]) -> frozenset[str]:
    """The roles that a callback declares; empty, so that every request is denied, where it declares none."""
    function = callback.get("callback")
    while function is not None:
        if hasattr(function, ROLES):
            return frozenset(getattr(function, ROLES))
        function = getattr(function, "__wrapped__", None)
    return frozenset()


def admitting(function: Callable[..., Any], roles: Collection[str]) -> Callable[..., Any]:
    """A callback that states the roles it admits."""
    setattr(function, ROLES, frozenset(roles))
    return function


def _is_expected(request: CallbackRequest, callbacks: Mapping[str, Any]) -> bool:
    if request.output not in callbacks:
        return False
    callback = callbacks[request.output]
    is_list = isinstance(callback["output"], list)
    outputs = request.outputs if isinstance(request.outputs, list) else [request.outputs]
    expected = [output.to_dict() for output in (callback["output"] if is_list else [callback["output"]])]
    return (
        isinstance(request.outputs, list) == is_list
        and _fill(outputs, expected)
        and _fill(request.inputs, callback["inputs"])
        and _fill(request.state, callback["state"])
        and all(_is_among(changed, request.inputs) for changed in request.changedPropIds)
    )


def _fill(slots: Sequence[Slot], dependencies: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the components of a request are those that the callback depends on, in their order."""
    return len(slots) == len(dependencies) and all(map(_fits, slots, dependencies))


def _fits(slot: Slot, dependency: Mapping[str, Any]) -> bool:
    pattern = json.loads(dependency["id"]) if dependency["id"].startswith("{") else dependency["id"]
    is_many = isinstance(pattern, dict) and any(value in MANY for value in pattern.values())
    if isinstance(slot, list) != is_many:
        return False
    components = slot if isinstance(slot, list) else [slot]
    return all(
        _plain(part.property) == _plain(dependency["property"]) and _is_id_of(part.id, pattern) for part in components
    )


def _plain(prop: str) -> str:
    """A property without the mark by which Dash distinguishes several callbacks with the same output."""
    return prop.partition("@")[0]


def _is_id_of(component_id: str | dict[str, Scalar], pattern: Any) -> bool:
    if isinstance(component_id, str) or isinstance(pattern, str):
        return bool(component_id == pattern)
    return component_id.keys() == set(pattern) and all(
        isinstance(pattern[key], list) or value == pattern[key] for key, value in component_id.items()
    )


def _is_among(changed: str, inputs: Sequence[Slot]) -> bool:
    """Whether ``changed``, as in ``url.search``, is a property that the request gives the value of."""
    name, _, prop = changed.rpartition(".")
    components = [part for slot in inputs for part in (slot if isinstance(slot, list) else [slot])]
    component_id = json.loads(name) if name.startswith("{") else name
    return any(part.id == component_id and part.property == prop for part in components)


def typed(function: Callable[..., Any]) -> Callable[..., Any]:
    """A callback that refuses values which are not of the types its parameters are annotated with."""
    hints = get_type_hints(function, include_extras=True)
    adapters = [TypeAdapter(hints[name]) for name in inspect.signature(function).parameters]

    @wraps(function)
    def checked(*values: Any) -> Any:
        try:
            arguments = [
                adapter.validate_python(value, strict=True) for adapter, value in zip(adapters, values, strict=True)
            ]
        except ValidationError:
            refuse()
        return function(*arguments)

    return checked
