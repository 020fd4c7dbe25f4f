"""Charts without the button that uploads them to Plotly's servers."""

from typing import Any

import plotly.graph_objects as go
from dash import dcc


def graph(figure: go.Figure, **attributes: Any) -> dcc.Graph:
    """A chart; the only place where a ``dcc.Graph`` is made."""
    config = {
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "displayModeBar": False,
        "locale": "zh-CN",
    }
    return dcc.Graph(figure=figure, config=config, responsive=True, **attributes)  # type: ignore[arg-type]
