"""The callbacks of the page over all zones."""

from dash import Dash

from service.zones import ZonesService


def register(app: Dash, service: ZonesService) -> None:
    """None: each view, class and page of a list is an address of its own."""
