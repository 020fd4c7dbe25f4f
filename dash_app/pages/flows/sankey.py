"""The flows as a diagram: from the left to the right, with the number of firms printed on each."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dash_app.components.charts import DOWN, PLAIN, UNKNOWN, UP, drawn
from dash_app.components.values import count
from dash_app.rows import Row
from dash_app.wording.loader import Lang, words_of
from service.display import display

word = words_of("flows")
WITHOUT_RUNG = ("absent", "none", "unknown", "gone")
FADED = "rgba({}, {}, {}, 0.45)"
OTHER = "other"
BETWEEN = "|"
"""Between the two ends of what a click brings."""


def moves(rows: Sequence[Row]) -> list[Row]:
    """The flows to draw: shown cells with firms, of which one end is a rung, small ones pooled."""
    shown = [row for row in rows if row["firms"] and not is_beside(row)]
    least = display().pooled_share * sum(row["firms"] for row in shown)
    large = [row for row in shown if row["firms"] >= least]
    pooled: dict[str, dict[str, Any]] = {}
    for row in shown:
        if row["firms"] < least:
            pool = pooled.setdefault(row["from_state"], {**row, "to_state": OTHER, "firms": 0, "pooled": []})
            pool["firms"] += row["firms"]
            pool["pooled"].append(row["to_state"])
    return [*large, *pooled.values()]


def is_beside(row: Row) -> bool:
    """Whether firms hold no rung on either day: they are counted in the table and not drawn."""
    return row["from_state"] in WITHOUT_RUNG and row["to_state"] in WITHOUT_RUNG


def ends_of(flows: Sequence[Row]) -> tuple[str, str]:
    """The states from and to which bands lead, as an address names them; of one band, or of all at one state.

    Empty where the firms between these states would be others than those of the bands.
    """
    begins = dict.fromkeys(flow["from_state"] for flow in flows)
    ends = dict.fromkeys(state for flow in flows for state in flow.get("pooled", [flow["to_state"]]))
    is_exact = len(begins) == 1 or (len(ends) == 1 and not any("pooled" in flow for flow in flows))
    return (",".join(begins), ",".join(ends)) if is_exact else ("", "")


def band_key(flows: Sequence[Row]) -> str:
    """What a click on a part of the diagram brings: both ends, or nothing where it leads nowhere."""
    begins, ends = ends_of(flows)
    return f"{begins}{BETWEEN}{ends}" if begins else ""


def sankey(rows: Sequence[Row], lang: Lang) -> go.Figure:
    """Three columns: where firms were, each flow with its number, and where they are."""
    flows = moves(rows)
    left, right = _states(rows, "from", lang), {**_states(rows, "to", lang), OTHER: word("pooled", lang)}
    begins = [state for state in left if any(flow["from_state"] == state for flow in flows)]
    ends = [state for state in right if any(flow["to_state"] == state for flow in flows)]
    first, last = len(begins), len(begins) + len(flows)
    labels = [
        *(f"{left[state]} {count(_sum(flows, 'from_state', state))}" for state in begins),
        *(count(flow["firms"]) for flow in flows),
        *(f"{right[state]} {count(_sum(flows, 'to_state', state))}" for state in ends),
    ]
    links = [
        link
        for at, flow in enumerate(flows)
        for link in (
            (begins.index(flow["from_state"]), first + at, flow),
            (first + at, last + ends.index(flow["to_state"]), flow),
        )
    ]
    trace = go.Sankey(
        node={
            "label": labels,
            "color": [*[PLAIN] * first, *(colour(flow) for flow in flows), *[PLAIN] * len(ends)],
            "pad": 14,
            "thickness": 12,
            "line": {"width": 0},
            "hoverinfo": "none",
            "customdata": [
                *(band_key([flow for flow in flows if flow["from_state"] == state]) for state in begins),
                *(band_key([flow]) for flow in flows),
                *(band_key([flow for flow in flows if flow["to_state"] == state]) for state in ends),
            ],
        },
        link={
            "source": [source for source, _, _ in links],
            "target": [target for _, target, _ in links],
            "value": [flow["firms"] for _, _, flow in links],
            "color": [faded(colour(flow)) for _, _, flow in links],
            "hoverinfo": "none",
            "customdata": [band_key([flow]) for _, _, flow in links],
        },
        textfont={"size": 13, "color": "#1b2733"},
    )
    return drawn(trace, height=max(320, 34 * len(flows)), margin={"l": 8, "r": 8, "t": 8, "b": 8})


def colour(flow: Row) -> str:
    """Blue for a higher rung, orange for a lower one or none, pale for the same, grey for what is not known."""
    if flow["to_state"] in (OTHER, "unknown") or flow["from_state"] == "unknown":
        return UNKNOWN
    before, now = _height(flow["from_state"], flow["from_seq"]), _height(flow["to_state"], flow["to_seq"])
    if now == before:
        return DOWN if flow["to_state"] == "gone" else PLAIN
    return UP if now > before else DOWN


def _height(state: str, seq: int) -> int:
    return 0 if state in WITHOUT_RUNG else seq


def faded(colour_of_flow: str) -> str:
    """A colour through which the lines beneath are seen."""
    parts = (int(colour_of_flow[at : at + 2], 16) for at in (1, 3, 5))
    return FADED.format(*parts)


def _states(rows: Sequence[Row], side: str, lang: Lang) -> dict[str, str]:
    ordered = sorted(rows, key=lambda row: -row[f"{side}_seq"])
    return {row[f"{side}_state"]: row[f"{side}_{lang}"] for row in ordered}


def _sum(flows: Sequence[Row], column: str, state: str) -> int:
    return int(sum(flow["firms"] for flow in flows if flow[column] == state))
