"""The list of movers of a page, answered from an index; what it sorts by a column it asks as ``MoverList`` does."""

from typing import Any

import numpy as np

from service.queries.mover_filters import Filters, Rows
from service.queries.mover_index import Index, Mask
from service.queries.mover_list import MoverList, Row, days_offered, in_order, sortable
from service.queries.movers import signals_of
from service.queries.records import Part
from warehouse.desk import Desk

_PAGE = {
    "firms": "select * exclude (search) from desk_movers__rows where row_no in (select unnest($1::bigint[]))",
    "titles": (
        "select mover.* exclude (search), held.designation as title, held.zh as title_zh, held.en as title_en,"
        " held.is_held, held.outcome, held.valid_to, held.application from desk_movers__rows as mover"
        " inner join desk_movers__titles as held using (firm_id) where row_no in (select unnest($1::bigint[]))"
    ),
}


class IndexedList(MoverList):
    """As ``MoverList``, of one release and scope."""

    def __init__(self, desk: Desk, rows: Rows, index: Index) -> None:
        super().__init__(desk, rows)
        self._index, self._masks = index, dict[Filters, Mask]()

    def count(self, filters: Filters) -> int:
        """As ``MoverList.count``."""
        return int(np.count_nonzero(self._passing(filters)))

    def page(self, filters: Filters, sort: str, part: Part) -> list[Row]:
        """As ``MoverList.page``."""
        if sort.removeprefix("-") in sortable():
            return super().page(filters, sort, part)
        rows = self._index.first(self._passing(filters), part.offset, part.limit)
        keys = self._index.keys[rows]
        names = [name for name in keys.columns if name != "row_no"]
        asked = self._release.rows(_PAGE[self._rows], [keys["row_no"].unique().to_list()])
        known = {tuple(row[name] for name in names): row for row in asked}
        listed = [known[key] for key in keys.select(names).iter_rows()]
        signals = signals_of(self._release, keys["firm_id"].unique().to_list())
        return [{**row, "signals": in_order(signals.get(row["firm_id"], []), row, filters)} for row in listed]

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
