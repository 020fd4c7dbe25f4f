"""One firm: its place on the ladder, the proof of every condition, its figures and titles."""

from dash_app.pages.firm.callbacks import register as register
from dash_app.pages.firm.layout import layout as layout
