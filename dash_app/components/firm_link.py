"""The name of a firm as the link to what is known of it."""

from dash import dcc

from dash_app import routing
from dash_app.session import Session


def firm_link(firm_id: str, name: str, session: Session) -> dcc.Link:
    """The link of every list that names a firm."""
    return dcc.Link(name, href=session.href(routing.FIRM.path(firm_id=firm_id)), className="firm-link")
