"""Extracts: workbooks of incubators with their log, cards of suppliers, and who exported what."""

from dash_app.pages.extracts.callbacks import register as register
from dash_app.pages.extracts.layout import layout as layout
