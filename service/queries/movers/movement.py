"""The answer of ``tidu movers`` for pipelines, whose form ``movers.schema.json`` states, and its flat lists."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from service.queries.movers.mover_filters import Filters
from service.queries.movers.movers import check_in, signals_of, titles_of
from service.queries.release.tables import require
from service.queries.zone.any_days import require_known
from warehouse.home import Home
from warehouse.release.releases import Published, Reader
from warehouse.rows import Row

SIGNAL_FIELDS = (
    "signal", "designation", "condition_id", "value", "required", "gap", "unit", "due_on", "since", "missing_fact",
    "reason_zh", "reason_en",
)  # fmt: skip
TITLE_FIELDS = ("designation", "is_held", "valid_from", "valid_to", "outcome", "application", "applied_on")
FLAT = (
    "firm_id", "name", "titles_zh", "met_zh", "change_zh", "from_held", "held", "from_met", "met", "signals_zh",
    "reasons_zh", "reasons_en", "next_zh", "next_en", "due_zh", "due_on", "officer", "acting",
)  # fmt: skip
"""The columns of the list, one row a firm."""


@contextmanager
def _compared(home: Home, since: date | None) -> Iterator[Reader]:
    """The release, or its movement since another earlier day, evaluated anew; raises ``BadInput`` for another day."""
    if since is None:
        with Published(home).at_once() as release:
            yield release
        return
    with Published(home).whole() as release:
        days = release.rows("select day, previous_day from desk_parameter")[0]
        day = days["day"]
        if since == days["previous_day"]:
            yield release
            return
        require_known(release, since, day, day)
        path = release.path
    from warehouse.outputs.past_movement import desk_against  # the evaluation, which the release's own days do without

    with desk_against(path, since) as desk:
        yield desk


def check(home: Home, filters: Filters) -> None:
    """Raise ``BadInput`` for a kind of change, signal or designation that there is not; the known ones are named."""
    with Published(home).at_once() as release:
        check_in(release, filters)


def answer(home: Home, filters: Filters, since: date | None = None) -> list[dict[str, Any]]:
    """The firms that pass the filters, each with its change, titles, signals and next step.

    ``since`` is the earlier day, by default that of the release, as in the other answers.
    """
    with _compared(home, since) as release:
        firms, signals = _firms(release, filters), signals_of(release, None)
        titles = titles_of(release)
    return [_firm(firm, titles.get(firm["firm_id"], []), signals.get(firm["firm_id"], [])) for firm in firms]


def flat(home: Home, filters: Filters, since: date | None = None) -> list[dict[str, Any]]:
    """One row a firm; its signals and their reasons are joined."""
    with _compared(home, since) as release:
        firms, signals = _firms(release, filters), signals_of(release, None)
    return [{name: row.get(name) for name in FLAT} for row in (_joined(firm, signals) for firm in firms)]


def with_signals(home: Home, filters: Filters, since: date | None = None) -> list[dict[str, Any]]:
    """One row a firm, with its ``signals`` as rows."""
    with _compared(home, since) as release:
        firms, signals = _firms(release, filters), signals_of(release, None)
    return [{**firm, "signals": signals.get(firm["firm_id"], [])} for firm in firms]


def by_title(home: Home, filters: Filters, since: date | None = None) -> list[dict[str, Any]]:
    """One row a firm and title that it holds, meets or has applied for."""
    with _compared(home, since) as release:
        firms, titles = _firms(release, filters), titles_of(release)
    return [
        {"firm_id": firm["firm_id"], "name": firm["name"], "title_zh": title["zh"], **_part(title, TITLE_FIELDS)}
        for firm in firms
        for title in titles.get(firm["firm_id"], [])
        if filters.designation in ("", title["designation"])
    ]


def _firms(release: Reader, filters: Filters) -> list[Row]:
    require(release, "desk_movers__signals", "desk_movers__titles")
    where, values = filters.where()
    return release.rows(
        f"select * from desk_movers__firms where {where} order by change_seq, held_rank desc, firm_id",  # noqa: S608
        values,
    )


def _firm(firm: Row, titles: Sequence[Row], signals: Sequence[Row]) -> dict[str, Any]:
    return {
        "firm_id": firm["firm_id"],
        "name": firm["name"],
        "change": {
            "kind": firm["change"],
            "from": {"held": firm["from_held"], "met": firm["from_met"]},
            "to": {"held": firm["held"], "met": firm["met"]},
        },
        "titles": [_part(title, TITLE_FIELDS) for title in titles],
        "signals": [_part(signal, SIGNAL_FIELDS) for signal in signals],
        "next": {
            "action": firm["next_action"] or "none",
            "designation": firm["next_designation"],
            "condition_id": firm["next_condition"],
            "gap": firm["next_gap"],
            "unit": firm["next_gap_unit"],
            "figure": firm["missing_fact"],
            "by": firm["next_by"],
        },
        "owner": firm.get("officer"),
        "acting": firm.get("acting"),
    }


def _part(row: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    return {name: row[name] for name in fields}


def _joined(firm: Row, signals: Mapping[str, list[Row]]) -> Row:
    own = signals.get(firm["firm_id"], [])
    names = dict.fromkeys(signal["signal_zh"] for signal in own)
    return {
        **firm,
        "signals_zh": "、".join(names),
        "reasons_zh": "；".join(signal["reason_zh"] for signal in own),
        "reasons_en": "; ".join(signal["reason_en"] for signal in own),
    }
