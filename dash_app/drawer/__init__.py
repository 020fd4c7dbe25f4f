"""The drawer over a page: a firm at a glance, opened and closed by a parameter of the address."""

from dash_app.drawer.callbacks import register as register
from dash_app.drawer.callbacks import without as without
