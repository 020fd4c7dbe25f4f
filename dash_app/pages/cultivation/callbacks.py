"""The callbacks of cultivation."""

from dash import Dash

from service.reader import Service


def register(app: Dash, service: Service) -> None:
    """None: each filter is an address of its own."""
