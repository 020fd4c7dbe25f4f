"""The movers: facets with counts, chips of what is on, and the list, each state an address."""

from dash_app.pages.movers.callbacks import register as register
from dash_app.pages.movers.layout import layout as layout
