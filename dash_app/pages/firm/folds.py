"""A fold whose content is drawn when it is opened; the address names those that are open."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dash_app import ids
from dash_app.session import Session

OPEN = "open"
"""The parameter of the address: names of folds, separated by commas."""


def fold(name: str, summary: Sequence[Any], body: Any = None, className: str = "") -> html.Details:  # noqa: N803 - as Dash names it
    """A fold by its name; it is open where it has a body."""
    return html.Details(
        [html.Summary(list(summary), id=ids.fold(name)), html.Div(body, id=ids.proof(name), className="fold-body")],
        open=body is not None,
        className=f"fold {className}".strip(),
        **{"data-fold": name},  # type: ignore[arg-type]
    )


def opened_in(session: Session) -> list[str]:
    """Names in the parameter ``OPEN``, separated by commas."""
    return [name for name in session.address.get(OPEN, "").split(",") if name]
