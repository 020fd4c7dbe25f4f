"""The page over all zones of an installation: how each stands, what they count together, firms by zone."""

from dash_app.pages.zones.callbacks import register as register
from dash_app.pages.zones.layout import layout as layout
