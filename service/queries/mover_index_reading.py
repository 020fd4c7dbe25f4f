"""Reads the index of a list of movers from the views of a scope."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from service.queries.mover_bitmaps import Facet, facet_of, pairs_of
from service.queries.mover_filters import Rows
from service.queries.mover_index import Index, Signals, filled
from service.queries.mover_values import DUE_ON, FACETS, FIRST_SIGNAL, KEY, LONG, REASONS, RELATION, SHORT, SORTED_ONLY
from service.queries.tables import is_stored
from warehouse.desk import Desk

MOST = 1_000_000
"""Rows that are kept in memory at once, some 280 bytes each; a longer list is asked by queries."""
FEW = 10_000
"""Different texts of a column that are kept once each."""
MOST_BYTES = 32 * 1024 * 1024
"""Of texts that differ from row to row; longer ones are asked for with each page."""
_OWN = {"firms": ", titles", "titles": ""}
"""What a row is about besides its key, columns and signals."""
_SIGNAL = ("signal", "signal_seq", "signal_zh", "signal_en")


def read_index(desk: Desk, rows: Rows) -> Index | None:
    """The index of a list; None where it is too long to be kept."""
    (counted,) = desk.rows(f"select count(*) as rows from {RELATION[rows]}")  # noqa: S608 - our names
    if counted["rows"] > MOST:
        return None
    columns = _columns(desk, rows)
    frame = desk.frame(_sql(rows, columns)).with_row_index("row")
    signals, has_places = _signals(desk, frame, rows)
    return Index(
        kind=rows,
        columns=_compact(frame.select(*columns, "row_no")),
        seq=filled(frame["seq"]),
        search=frame["search"],
        days=filled(frame["days"]),
        facets={field: _facet(frame, f"facet_{field}") for field in FACETS[rows]},
        pairs=pairs_of(signals, len(frame)),
        signals=_in_order(signals, has_places),
        about=_facet(frame, "title") if rows == "titles" else _about(frame, signals),
    )


def _columns(desk: Desk, rows: Rows) -> list[str]:
    if rows == "titles":
        return KEY[rows].split(", ")
    return [*SHORT, *SORTED_ONLY, *(LONG if _fit(desk, RELATION[rows], LONG) else ())]


def _fit(desk: Desk, view: str, texts: Sequence[str]) -> bool:
    """Whether texts are short enough to be kept, or few."""
    different = ", ".join(f"count(distinct {name})" for name in texts)
    lengths = " + ".join(f"coalesce(strlen({name}), 0)" for name in texts)
    sql = f"select greatest({different}) as most, coalesce(sum({lengths}), 0) as bytes from {view}"  # noqa: S608 - our names
    (row,) = desk.rows(sql)
    return bool(row["most"] <= FEW or row["bytes"] <= MOST_BYTES)


def _sql(rows: Rows, columns: Sequence[str]) -> str:
    facets = ", ".join(f"{value} as facet_{field}" for field, value in FACETS[rows].items())
    key, due, own = KEY[rows], DUE_ON[rows], _OWN[rows]
    relation = RELATION[rows].replace("desk_movers__firms", "desk_movers__rows")
    return (
        f"with first_signal as ({FIRST_SIGNAL[rows]})"  # noqa: S608 - our names
        f" select {', '.join(columns)}, row_no, seq, {due} - (select day from desk_parameter) as days, search,"
        f" {facets}{own} from {relation} left join first_signal using ({key})"
        f" order by seq nulls last, {due} nulls last, held_rank desc, {key}"
    )


def _compact(frame: pl.DataFrame) -> pl.DataFrame:
    """The same columns; texts that repeat are kept once, and a row has their number."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String and name != "firm_id"]
    few = [name for name in texts if frame[name].n_unique() <= min(FEW, len(frame) // 4)]
    return frame.with_columns(
        frame[name].cast(pl.Enum(frame[name].drop_nulls().unique().sort())) for name in few
    ).rechunk()


def _facet(frame: pl.DataFrame, column: str) -> Facet:
    """The values of a facet, some a row or one."""
    values = frame.select("row", column)
    if values.schema[column] == pl.List(pl.String):
        values = values.explode(column)
    return facet_of(values[column], values["row"], len(frame))


def _signals(desk: Desk, frame: pl.DataFrame, rows: Rows) -> tuple[pl.DataFrame, bool]:
    """The signals of firms, of titles those about them, in the order of display; and whether they have places."""
    key = ["firm_id"] if rows == "firms" else ["firm_id", "title"]
    has_places = rows == "firms" and is_stored(desk, "desk_movers__signals")
    view, place = ("desk_movers__signal_rows", "row_no") if has_places else ("desk_movers__signals", "0::bigint")
    reasons = REASONS if has_places and _fit(desk, "desk_movers__signals", REASONS) else ()
    given = desk.frame(
        f"select {', '.join(('firm_id', 'designation', 'designation as title', *_SIGNAL, *reasons))},"  # noqa: S608 - our names
        f" {place} as place from {view}"
    )
    of_rows = given.join(frame.select(*key, "row"), on=key).drop("firm_id", "title")
    return of_rows.sort("row", "signal_seq", "designation"), has_places


def _in_order(signals: pl.DataFrame, has_places: bool) -> Signals:
    named = ["signal", "signal_zh", "signal_en", "designation"]
    kinds = signals.select(named).unique(maintain_order=True).with_row_index("kind")
    numbered = signals.join(kinds, on=named, nulls_equal=True, maintain_order="left")
    return Signals(
        numbered["row"].cast(pl.Int32).to_numpy(),
        numbered["kind"].cast(pl.Int32).to_numpy(),
        kinds.drop("kind").to_dicts(),
        numbered["place"].to_numpy() if has_places else None,
        _compact(numbered.select(REASONS)) if REASONS[0] in numbered.columns else None,
    )


def _about(frame: pl.DataFrame, signals: pl.DataFrame) -> Facet:
    """The designations of the signals, titles and next step of a firm, each once."""
    parts: list[Any] = [
        signals.select("row", about="designation"),
        frame.select("row", about="titles").explode("about"),
        frame.select("row", about="next_designation"),
    ]
    about = pl.concat([part.cast({"row": pl.UInt32}) for part in parts]).drop_nulls().unique()
    return facet_of(about["about"], about["row"], len(frame))
