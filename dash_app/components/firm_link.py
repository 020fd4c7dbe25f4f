"""The name of a firm as the link to what is known of it."""

from typing import Any

from dash import html

from dash_app import routing
from dash_app.session import Session


def firm_link(firm_id: str, name: str, session: Session) -> html.A:
    """The link of every list that names a firm: it opens the drawer over the list, in a new tab the firm's page."""
    opens: dict[str, Any] = {"data-firm": firm_id}
    return html.A(name, href=session.href(routing.FIRM.path(firm_id=firm_id)), className="firm-link", **opens)
