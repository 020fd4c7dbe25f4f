"""The name of a firm as the link to what is known of it."""

from typing import Any

from dash import html

from dash_app import routing
from dash_app.session import Session


def firm_link(firm_id: str, name: str, session: Session) -> html.A:
    """The link of every list that names a firm: it opens the drawer over the list, in a new tab the firm's page."""
    return html.A(name, **to_firm(firm_id, session))


def to_firm(firm_id: str, session: Session) -> dict[str, Any]:
    """``href``, class and ``data-firm``, by which the drawer opens."""
    href = session.href(routing.FIRM.path(firm_id=firm_id))
    return {"href": href, "className": "firm-link", "data-firm": firm_id}
