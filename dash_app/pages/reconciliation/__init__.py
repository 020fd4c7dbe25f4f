"""Reconciliation: certified, computed and claimed side by side, and why a number is not that of before."""

from dash_app.pages.reconciliation.callbacks import register as register
from dash_app.pages.reconciliation.layout import layout as layout
