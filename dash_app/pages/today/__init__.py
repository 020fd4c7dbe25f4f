"""Today: what waits for the user, each row with the next step, and done in three taps."""

from dash_app.pages.today.callbacks import register as register
from dash_app.pages.today.layout import layout as layout
