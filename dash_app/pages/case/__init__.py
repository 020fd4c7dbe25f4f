"""The case of a firm: what is open, visits, pool, history, and the forms by which the work is kept."""

from dash_app.pages.case.callbacks import register as register
from dash_app.pages.case.layout import layout as layout
