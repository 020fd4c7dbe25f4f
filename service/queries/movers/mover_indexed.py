"""The list of movers of a page, answered from an index; of titles, what it sorts by a column is asked by queries."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from service.queries.movers.mover_bitmaps import Bits, Numbers, counted
from service.queries.movers.mover_filters import Filters, Rows
from service.queries.movers.mover_index import Index
from service.queries.movers.mover_list import MoverList, days_offered, in_order
from service.queries.movers.mover_values import LONG, SHORT, SHOWN
from service.queries.movers.movers import SORTABLE, reasons_at, signals_of
from service.queries.release.records import Slice
from warehouse.release.desk.desk import Desk
from warehouse.rows import Row

_FIRMS = f"select {SHOWN} from desk_movers__rows where row_no in (select unnest($1::bigint[]))"  # noqa: S608 - our names
_LONG = (
    f"select row_no, {', '.join(LONG)} from desk_movers__rows"  # noqa: S608 - our names
    " where row_no in (select unnest($1::bigint[]))"
)
_TITLES = (
    "select firm_id, designation as title, zh as title_zh, en as title_en, is_held, outcome, valid_to, application"
    " from desk_movers__titles where firm_id in (select unnest($1::varchar[]))"
)


class IndexedList(MoverList):
    """As ``MoverList``, of one release and scope."""

    def __init__(self, desk: Desk, rows: Rows, index: Index) -> None:
        super().__init__(desk, rows)
        self._index, self._passes = index, dict[Filters, Bits]()
        self._begun = dict[str, Bits]()

    def count(self, filters: Filters) -> int:
        """As ``MoverList.count``."""
        return counted(self._passing(filters))

    def page(self, filters: Filters, sort: str, part: Slice) -> list[Row]:
        """As ``MoverList.page``, of the columns that are shown, unless it is of titles sorted by a column."""
        column = SORTABLE.get(sort.removeprefix("-"))
        if column is None:
            rows = self._index.first(self._passing(filters), part.offset, part.limit)
        elif self._rows == "firms":
            of_list = slice(part.offset, part.offset + part.limit)
            rows = self._index.in_order_of(column, sort.startswith("-"), self._passing(filters), of_list)
        else:
            return super().page(filters, sort, part)
        shown = self._firms(rows) if self._rows == "firms" else self._titles(self._index.columns[rows])
        return [
            {**row, "signals": in_order(signals, row, filters)}
            for row, signals in zip(shown, self._signals(rows, shown), strict=True)
        ]

    def _firms(self, rows: Numbers) -> list[Row]:
        """Firms in their order, with the columns that are shown."""
        columns = self._index.columns
        if LONG[0] in columns.columns:
            return columns.select(*SHORT, *LONG)[rows].to_dicts()
        firms = columns[rows]
        places = firms["row_no"].to_list()
        texts = {row.pop("row_no"): row for row in self._release.rows(_LONG, [places])}
        return [{**row, **texts[place]} for row, place in zip(firms.select(SHORT).to_dicts(), places, strict=True)]

    def _titles(self, keys: pl.DataFrame) -> list[Row]:
        """Titles in their order, with all columns and those of their firms."""
        asked = self._release.rows(_FIRMS, [keys["row_no"].unique().to_list()])
        firms = {row["firm_id"]: row for row in asked}
        titles = self._release.rows(_TITLES, [list(firms)])
        known = {(row["firm_id"], row["title"]): row for row in titles}
        return [{**firms[key[0]], **known[key]} for key in keys.select("firm_id", "title").iter_rows()]

    def _signals(self, rows: Numbers, shown: Sequence[Row]) -> Iterator[list[Row]]:
        """The signals of each of some rows, in the order of display."""
        signals = self._index.signals
        if signals.row_nos is None:
            of_firms = signals_of(self._release, sorted({row["firm_id"] for row in shown}))
            yield from (of_firms.get(row["firm_id"], []) for row in shown)
            return
        parts = signals.parts(rows)
        reasons = iter(
            self._reasons(np.concatenate([np.arange(0), *(np.arange(part.start, part.stop) for part in parts)]))
        )
        for part in parts:
            yield [{**signals.words[kind], **next(reasons)} for kind in signals.kinds[part].tolist()]

    def _reasons(self, signals: NDArray[np.int64]) -> list[Row]:
        """The reasons of some signals in their order, in both languages."""
        kept, row_nos = self._index.signals.reasons, self._index.signals.row_nos
        if kept is not None or row_nos is None:
            return [] if kept is None else kept[signals].to_dicts()
        places = row_nos[signals].tolist()
        reasons = reasons_at(self._release, places)
        return [reasons[place] for place in places]

    def _words(self) -> dict[str, list[Row]]:
        if not self._index.words:
            self._index.words.update(super()._words())
        return dict(self._index.words)

    def _counted(self, field: str, others: Filters) -> dict[str, int]:
        passes = self._passing(others)
        if field == "due_within":
            return self._index.due(passes, days_offered())
        return {value: rows for value, rows in self._index.counts(field, passes, others).items() if value}

    def _passing(self, filters: Filters) -> Bits:
        if filters not in self._passes:
            text, days = self._read(filters)
            self._passes[filters] = self._index.passing(filters, self._containing(text), days)
        return self._passes[filters]

    def _containing(self, text: str) -> Bits:
        if text not in self._begun:
            self._begun[text] = self._index.containing(text) if text else self._index.every()
        return self._begun[text]

    def _read(self, filters: Filters) -> tuple[str, int | None]:
        """What is searched for and the number of days, as SQL reads them."""
        text, days = filters.q.strip(), filters.due_within.strip()
        if not text and not days:
            return "", None
        sql = "select lower(trim($1)) as text, try_cast($2 as integer) as days"
        row: dict[str, Any] = self._release.rows(sql, [text, days])[0]
        return row["text"], row["days"]
