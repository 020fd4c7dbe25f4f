"""Administration: accounts, tokens, roles, accesses, the casebook, and when each job last ran."""

from dash_app.pages.admin.callbacks import register as register
from dash_app.pages.admin.layout import layout as layout
