"""Data: feeds and lateness, quarantine, units, names, suppliers, totals and releases; decided on the screen."""

from dash_app.pages.data.callbacks import register as register
from dash_app.pages.data.layout import layout as layout
