"""The callbacks of the rules: none, the filters are a form that becomes an address."""

from dash import Dash

from service.reader import Service


def register(_: Dash, __: Service) -> None:
    """Add nothing to the app."""
