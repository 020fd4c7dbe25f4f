"""Reads the index of a list of movers from the views of a scope."""

from typing import Any

import numpy as np
import polars as pl

from service.queries.mover_filters import Rows
from service.queries.mover_index import NONE_HERE, Index, Numbers, Signals, Values
from service.queries.mover_values import DUE_ON, FACETS, FIRST_SIGNAL, KEY, RELATION
from service.queries.tables import is_stored
from warehouse.desk import Desk

MOST = 2_000_000
"""Rows that are kept in memory at once, some 70 bytes each; a longer list is asked by queries."""
_OWN = {"firms": ", titles, next_designation", "titles": ""}
"""What a row is about besides its key and signals."""


def read_index(desk: Desk, rows: Rows) -> Index | None:
    """The index of a list; None where it is too long to be kept."""
    (counted,) = desk.rows(f"select count(*) as rows from {RELATION[rows]}")  # noqa: S608 - our names
    if counted["rows"] > MOST:
        return None
    frame = desk.frame(_sql(rows)).with_row_index("row")
    signals = _signals(desk, frame, rows)
    return Index(
        kind=rows,
        keys=frame.select(*KEY[rows].split(", "), "row_no"),
        seq=_filled(frame["seq"]),
        search=frame["search"],
        days=_filled(frame["days"]),
        facets={field: _values(frame, f"facet_{field}") for field in FACETS[rows]},
        signals=signals,
        about=Values.of(frame["title"]) if rows == "titles" else _about(frame, signals),
    )


def _sql(rows: Rows) -> str:
    facets = ", ".join(f"{value} as facet_{field}" for field, value in FACETS[rows].items())
    key, due = KEY[rows], DUE_ON[rows]
    sql = (
        f"with first_signal as ({FIRST_SIGNAL[rows]})"  # noqa: S608 - our names
        f" select {key}, row_no, seq, {due} - (select day from desk_parameter) as days, search, {facets}{_OWN[rows]}"
        f" from {RELATION[rows]} left join first_signal using ({key})"
        f" order by seq nulls last, {due} nulls last, held_rank desc, {key}"
    )
    return sql.replace("desk_movers__firms", "desk_movers__rows")


def _values(frame: pl.DataFrame, column: str) -> Values:
    """The values of a facet: one a row, or those rows that have some."""
    values = frame.select("row", column)
    if values.schema[column] == pl.List(pl.String):
        values = values.explode(column)
    elif not values[column].has_nulls():
        return Values.of(values[column])
    return Values.of(values[column], values["row"])


def _signals(desk: Desk, frame: pl.DataFrame, rows: Rows) -> Signals:
    """The signals of firms; of titles those about them."""
    key = ["firm_id"] if rows == "firms" else ["firm_id", "title"]
    has_places = rows == "firms" and is_stored(desk, "desk_movers__signals")
    view, place = ("desk_movers__signal_rows", "row_no") if has_places else ("desk_movers__signals", "0")
    given = desk.frame(f"select firm_id, designation, designation as title, signal, {place} as place from {view}")  # noqa: S608 - our names
    of_rows = given.join(frame.select(*key, "row"), on=key).sort("row", "signal", "designation")
    return Signals(
        of_rows["row"].cast(pl.Int32).to_numpy(),
        Values.of(of_rows["signal"]),
        Values.of(of_rows["designation"]),
        of_rows["place"].cast(pl.Int64).to_numpy() if has_places else None,
    )


def _about(frame: pl.DataFrame, signals: Signals) -> Values:
    """The designations of the signals, titles and next step of a firm, each once."""
    of_signals = pl.DataFrame(
        {"row": signals.rows, "about": [signals.designation.names[code] for code in signals.designation.codes]},
        schema={"row": pl.UInt32, "about": pl.String},
    )
    parts: list[Any] = [
        of_signals,
        frame.select("row", about="titles").explode("about"),
        frame.select("row", about="next_designation"),
    ]
    about = pl.concat([part.cast({"row": pl.UInt32}) for part in parts]).drop_nulls().unique()
    return Values.of(about["about"], about["row"])


def _filled(numbers: pl.Series) -> Numbers:
    return numbers.fill_null(NONE_HERE).cast(pl.Int32).to_numpy().astype(np.int32)
