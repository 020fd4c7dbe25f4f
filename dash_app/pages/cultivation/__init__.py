"""Cultivation: what is open about the firms of the scope, and the members of the pool."""

from dash_app.pages.cultivation.layout import layout as layout
from dash_app.pages.cultivation.layout import register as register
