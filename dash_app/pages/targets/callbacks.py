"""The callbacks of targets."""

from dash import Dash

from service.reader import Service


def register(app: Dash, service: Service) -> None:
    """None: each target, bar and number is an address of its own."""
