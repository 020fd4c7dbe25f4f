"""Flows: from which rung to which, groups side by side, cohorts, and how long firms stay."""

from dash_app.pages.flows.callbacks import register as register
from dash_app.pages.flows.layout import layout as layout
