"""The movers: totals by change and signal, filters in the address, a grid that loads its rows."""

from dash_app.pages.movers.callbacks import register as register
from dash_app.pages.movers.layout import layout as layout
