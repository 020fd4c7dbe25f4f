"""The rules: every edition, its clauses, and whom they are about."""

from dash_app.pages.rules.callbacks import register as register
from dash_app.pages.rules.layout import layout as layout
