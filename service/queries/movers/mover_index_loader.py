"""Reads the index of a list of movers from the views of a scope."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from service.queries.movers.mover_bitmaps import Facet, Pairs, at, facet_of
from service.queries.movers.mover_filters import Rows
from service.queries.movers.mover_index import Index, Signals, filled
from service.queries.movers.mover_values import (
    DUE_ON,
    FACETS,
    FIRST_SIGNAL,
    KEY,
    LONG,
    REASONS,
    RELATION,
    SHORT,
    SORTED_ONLY,
)
from service.queries.release.tables import is_stored
from warehouse.release.desk.desk import Desk

MOST = 1_000_000
"""Rows that are kept in memory at once, some 280 bytes each; a longer list is asked by queries."""
FEW, MOST_BYTES = 10_000, 32 * 1024 * 1024
"""Different texts, or bytes of texts, that are kept; what is more is asked for with each page."""
REPEATED = 4
"""How often the texts of a column come on average where each is kept once."""
AT_ONCE = 6
"""Columns that are read at once."""
_SIGNAL = ("signal", "signal_seq", "signal_zh", "signal_en", "designation_zh", "designation_en")


def read_index(desk: Desk, rows: Rows) -> Index | None:
    """The index of a list; None where it is too long to be kept."""
    (counted,) = desk.rows(f"select count(*) as rows from {RELATION[rows]}")  # noqa: S608 - our names
    if counted["rows"] > MOST:
        return None
    order = desk.frame(_order_sql(rows)).with_row_index("row")
    given, has_places = _signals(desk, order, rows)
    signals = _in_order(given, has_places)
    asked = {f"facet_{field}": value for field, value in FACETS[rows].items()}
    facets = {name: facet for part in _parts(desk, rows, order, asked) for name, facet in _facets(part).items()}
    (search,) = _parts(desk, rows, order, {"search": "search"})
    return Index(
        kind=rows,
        columns=_columns(desk, rows, order),
        seq=filled(order["seq"]),
        search=_listed(search)["search"].cast(pl.String),
        days=filled(order["days"]),
        facets={field: facets[f"facet_{field}"] for field in FACETS[rows]},
        pairs=_pairs(signals, len(order)),
        signals=signals,
        about=_facets(order.select("row", "title"))["title"] if rows == "titles" else _about(desk, order, given),
    )


def _order_sql(rows: Rows) -> str:
    key, due = ", ".join(KEY[rows]), DUE_ON[rows]
    return _with_places(
        f"with first_signal as ({FIRST_SIGNAL[rows]})"  # noqa: S608 - our names
        f" select {key}, row_no, seq, {due} - (select day from desk_parameter) as days"
        f" from {RELATION[rows]} left join first_signal using ({key})"
        f" order by seq nulls last, {due} nulls last, held_rank desc, {key}"
    )


def _with_places(sql: str) -> str:
    """The same of the view that has the place of each row."""
    return sql.replace("desk_movers__firms", "desk_movers__rows")


def _parts(desk: Desk, rows: Rows, order: pl.DataFrame, asked: Mapping[str, str]) -> Iterator[pl.DataFrame]:
    """Columns by name and expression, a few at once, so that memory stays flat, each with the ``row`` in the order."""
    on, names = ["row_no"] if rows == "firms" else ["row_no", "title"], list(asked)
    for start in range(0, len(names), AT_ONCE):
        selected = ", ".join(f"{asked[name]} as {name}" for name in names[start : start + AT_ONCE])
        part = desk.frame(_with_places(f"select {', '.join(on)}, {selected} from {RELATION[rows]}"))  # noqa: S608
        places = part.select(on).join(order.select(*on, "row"), on=on, how="left", maintain_order="left")
        yield part.drop(on).with_columns(places["row"])


def _listed(part: pl.DataFrame) -> pl.DataFrame:
    """The columns of a part in the order of the rows, compact before they are moved."""
    places = np.argsort(part["row"].to_numpy())
    return _compact(part.drop("row"))[places]


def _columns(desk: Desk, rows: Rows, order: pl.DataFrame) -> pl.DataFrame:
    key = order.select(*KEY[rows], "row_no")
    if rows == "titles":
        return key
    names = [*SHORT[1:], *SORTED_ONLY, *(LONG if _fit(desk, RELATION[rows], LONG) else ())]
    parts = _parts(desk, rows, order, {name: name for name in names})
    return pl.concat([key, *map(_listed, parts)], how="horizontal")


def _fit(desk: Desk, view: str, texts: Sequence[str]) -> bool:
    """Whether texts are short enough to be kept, or few."""
    different = ", ".join(f"approx_count_distinct({name})" for name in texts)
    lengths = " + ".join(f"coalesce(strlen({name}), 0)" for name in texts)
    sql = f"select greatest({different}) as most, coalesce(sum({lengths}), 0) as bytes from {view}"  # noqa: S608 - our names
    (row,) = desk.rows(sql)
    return bool(row["most"] <= FEW or row["bytes"] <= MOST_BYTES)


def _compact(frame: pl.DataFrame) -> pl.DataFrame:
    """The same columns; texts that repeat are kept once, and a row has their number."""
    return frame.with_columns(
        values.cast(pl.Enum(few.drop_nulls().sort()))
        for values in frame.get_columns()
        if values.dtype == pl.String and len(few := values.unique()) * REPEATED <= len(frame) + REPEATED
    ).rechunk()


def _facets(part: pl.DataFrame) -> dict[str, Facet]:
    """The values of facets, some a row or one, by column."""
    facets = dict[str, Facet]()
    for name in part.columns:
        if name != "row":
            values = part.select("row", name)
            values = values.explode(name) if values.schema[name] == pl.List(pl.String) else values
            facets[name] = facet_of(values[name], values["row"], len(part))
    return facets


def _signals(desk: Desk, order: pl.DataFrame, rows: Rows) -> tuple[pl.DataFrame, bool]:
    """The signals of firms, of titles those about them, in the order of display; and whether they have places."""
    key = ["firm_id"] if rows == "firms" else ["firm_id", "title"]
    has_places = rows == "firms" and is_stored(desk, "desk_movers__signals")
    view, place = ("desk_movers__signal_rows", "row_no") if has_places else ("desk_movers__signals", "0::bigint")
    reasons = REASONS if has_places and _fit(desk, "desk_movers__signals", REASONS) else ()
    given = desk.frame(
        f"select {', '.join(('firm_id', 'designation', 'designation as title', *_SIGNAL, *reasons))},"  # noqa: S608 - our names
        f" {place} as place from {view}"
    )
    of_rows = given.join(order.select(*key, "row"), on=key).drop("firm_id", "title")
    return of_rows.sort("row", "signal_seq", "designation"), has_places


def _in_order(signals: pl.DataFrame, has_places: bool) -> Signals:
    of_signal, of_designation = (
        signals[name].cast(pl.Enum(signals[name].unique().sort())).to_physical().cast(pl.Int32).to_numpy()
        for name in ("signal", "designation")
    )
    pairs = of_signal * (int(of_designation.max(initial=0)) + 1) + of_designation
    _, firsts, kinds = np.unique(pairs, return_index=True, return_inverse=True)
    return Signals(
        signals["row"].cast(pl.Int32).to_numpy(),
        kinds.astype(np.int32),
        signals[firsts].select("designation", *_SIGNAL).to_dicts(),
        signals["place"].to_numpy() if has_places else None,
        _compact(signals.select(REASONS)) if REASONS[0] in signals.columns else None,
    )


def _pairs(signals: Signals, size: int) -> Pairs:
    rows = [at(signals.rows[signals.kinds == kind], size) for kind in range(len(signals.words))]
    names = [(str(words["signal"]), str(words["designation"])) for words in signals.words]
    return Pairs(dict(zip(names, rows, strict=True)), size)


def _about(desk: Desk, order: pl.DataFrame, signals: pl.DataFrame) -> Facet:
    """The designations of the signals, titles and next step of a firm, each once."""
    (own,) = _parts(desk, "firms", order, {"titles": "titles", "next_designation": "next_designation"})
    parts: list[Any] = [
        signals.select("row", about="designation"),
        own.select("row", about="titles").explode("about"),
        own.select("row", about="next_designation"),
    ]
    about = pl.concat([part.cast({"row": pl.UInt32}) for part in parts]).drop_nulls().unique()
    return facet_of(about["about"], about["row"], len(order))
