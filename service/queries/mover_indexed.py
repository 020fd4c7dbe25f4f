"""The list of movers of a page, answered from an index; what it sorts by a column it asks as ``MoverList`` does."""

from typing import Any

import numpy as np
import polars as pl

from service.queries.mover_filters import Filters, Rows
from service.queries.mover_index import Index, Mask, Numbers
from service.queries.mover_list import MoverList, Row, days_offered, in_order, sortable
from service.queries.mover_values import SHOWN
from service.queries.movers import signals_at, signals_of
from service.queries.records import Part
from warehouse.desk import Desk

_FIRMS = f"select {SHOWN} from desk_movers__rows where row_no in (select unnest($1::bigint[]))"  # noqa: S608 - our names
_TITLES = (
    "select firm_id, designation as title, zh as title_zh, en as title_en, is_held, outcome, valid_to, application"
    " from desk_movers__titles where firm_id in (select unnest($1::varchar[]))"
)


class IndexedList(MoverList):
    """As ``MoverList``, of one release and scope."""

    def __init__(self, desk: Desk, rows: Rows, index: Index) -> None:
        super().__init__(desk, rows)
        self._index, self._masks = index, dict[Filters, Mask]()

    def count(self, filters: Filters) -> int:
        """As ``MoverList.count``."""
        return int(np.count_nonzero(self._passing(filters)))

    def page(self, filters: Filters, sort: str, part: Part) -> list[Row]:
        """As ``MoverList.page``, of the columns that are shown unless sorted by one."""
        if sort.removeprefix("-") in sortable():
            return super().page(filters, sort, part)
        rows = self._index.first(self._passing(filters), part.offset, part.limit)
        keys = self._index.keys[rows]
        signals = self._signals(rows, keys["firm_id"].unique().to_list())
        return [
            {**row, "signals": in_order(signals.get(row["firm_id"], []), row, filters)} for row in self._whole(keys)
        ]

    def _whole(self, keys: pl.DataFrame) -> list[Row]:
        """The rows of some keys in their order, with all columns."""
        asked = self._release.rows(_FIRMS, [keys["row_no"].unique().to_list()])
        firms = {row["firm_id"]: row for row in asked}
        if self._rows == "firms":
            return [firms[firm_id] for firm_id in keys["firm_id"]]
        titles = self._release.rows(_TITLES, [list(firms)])
        known = {(row["firm_id"], row["title"]): row for row in titles}
        return [{**firms[key[0]], **known[key]} for key in keys.select("firm_id", "title").iter_rows()]

    def _signals(self, rows: Numbers, firms: list[str]) -> dict[str, list[Row]]:
        places = self._index.signals.places(rows)
        return signals_of(self._release, firms) if places is None else signals_at(self._release, places)

    def _words(self) -> dict[str, list[Row]]:
        if not self._index.words:
            self._index.words.update(super()._words())
        return dict(self._index.words)

    def _counted(self, field: str, others: Filters) -> dict[str, int]:
        passes = self._passing(others)
        if field == "due_within":
            return self._index.due(passes, days_offered())
        return {value: rows for value, rows in self._index.counts(field, passes, others).items() if value}

    def _passing(self, filters: Filters) -> Mask:
        if filters not in self._masks:
            self._masks[filters] = self._index.passing(filters, *self._read(filters))
        return self._masks[filters]

    def _read(self, filters: Filters) -> tuple[str, int | None]:
        """What is searched for and the number of days, as SQL reads them."""
        text, days = filters.q.strip(), filters.due_within.strip()
        if not text and not days:
            return "", None
        sql = "select lower(trim($1)) as text, try_cast($2 as integer) as days"
        row: dict[str, Any] = self._release.rows(sql, [text, days])[0]
        return row["text"], row["days"]
