"""Targets: the bridge to each target of the plan, and the monitoring of every year."""

from dash_app.pages.targets.callbacks import register as register
from dash_app.pages.targets.layout import layout as layout
