"""What-if on the zone: another edition, or other thresholds of one, tried out on every firm."""

from dash_app.pages.what_if.callbacks import register as register
from dash_app.pages.what_if.layout import layout as layout
