"""The message about a file without a header: the nearest row, what it matches, what is missing, and the way out."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from warehouse.errors import BadInput
from warehouse.intake.feed import Feed
from warehouse.intake.readers.grid import Grid

_TOP_ROWS, _MOST_CELLS, _LONGEST = 40, 12, 40
_FEWEST_BELOW = 3
"""Headings below each other that make a table with its headings in a column."""


@dataclass(frozen=True)
class _Row:
    """A row of the file that may be meant as the header."""

    sheet: str
    row_no: int
    texts: list[str]
    known: list[str]
    missing: list[str]
    """Our required columns that it does not name."""

    @property
    def unknown(self) -> list[str]:
        """The texts that the feed does not know."""
        return [text for text in self.texts if text not in self.known]


def no_head(grids: list[Grid], feed: Feed, name: str) -> BadInput:
    """The refusal of a file without a header."""
    required = [column for column, definition in feed.columns.items() if definition.required]
    expected = "、".join(_heading(feed, column) for column in required)
    zh, en = (
        [f"{name}: 前 {_TOP_ROWS} 行内找不到表头；应有 {expected}"],
        [f"{name}: no header in the first {_TOP_ROWS} rows; expected {expected}"],
    )
    row = _nearest_row(grids, feed)
    lines = list(_meant(row, feed)) if row else []
    near = [*_nearest(row, feed), *(_heading_meant(feed, column, text) for column, text in lines)] if row else []
    for part_zh, part_en in (*near, *_sideways(grids, feed), *_hidden(grids)):
        zh.append(part_zh)
        en.append(part_en)
    error = BadInput("；".join(zh), "; ".join(en))
    written = [_line(feed, column, text) for column, text in lines]
    return error.for_operator(*("\n".join(part) for part in zip(*written, strict=True))) if written else error


def _heading(feed: Feed, column: str) -> str:
    """The column as people know it: its label; of a form read by codes with its code."""
    definition = feed.columns[column]
    code = definition.code if feed.header.map_by == "code" else None
    return f"{definition.headings[0]}（{code}）" if code else str(definition.headings[0])


def _nearest_row(grids: list[Grid], feed: Feed) -> _Row | None:
    rows = [row for grid in grids for row in _rows(grid, feed)]
    return max(rows, key=lambda row: (len(row.known), min(len(row.texts), _MOST_CELLS), -row.row_no), default=None)


def _nearest(row: _Row, feed: Feed) -> Iterator[tuple[str, str]]:
    place = f"[{row.sheet}] " if row.sheet else ""
    texts = " | ".join(" ".join(text.split())[:_LONGEST] for text in row.texts[:_MOST_CELLS])
    missing = "、".join(_heading(feed, column) for column in row.missing) or "–"
    known = "、".join(row.known) or "–"
    yield (
        f"最接近的是{place}第 {row.row_no} 行（{texts}）：认识 {known}，缺少 {missing}",
        f"nearest is {place}row {row.row_no} ({texts}): known {known}, missing {missing}",
    )
    if _lacks_codes(row, feed):
        codes = "、".join(_heading(feed, column) for column in row.missing)
        yield (
            f"此表按代码行认列，标题行下须有代码行（{codes} …）；可用 tidu feeds template {feed.name} 取得空表",
            f"this form is read by its row of codes, which belongs below the labels ({codes} …); "
            f"tidu feeds template {feed.name} writes an empty one",
        )


def _lacks_codes(row: _Row, feed: Feed) -> bool:
    """Whether the labels of a form are there, and its row of codes is not."""
    by_label = {heading for column in feed.columns.values() for heading in column.headings}
    return feed.header.map_by == "code" and len(by_label & set(row.texts)) > 1


def _meant(row: _Row, feed: Feed) -> Iterator[tuple[str, str]]:
    """Columns that the row lacks, each with the unknown text that is most like its headings."""
    unknown = [] if _lacks_codes(row, feed) else row.unknown
    for column in row.missing:
        likeness = {text: _likeness(text, feed, column) for text in unknown}
        text = max(likeness, key=lambda text: likeness[text], default="")
        if likeness.get(text, 0) > 0 and len(row.texts) > 1:
            yield column, " ".join(text.split())[:_LONGEST]
            unknown.remove(text)


def _likeness(text: str, feed: Feed, column: str) -> float:
    """How like a text is to the most similar heading of a column, from 0 to 1."""
    return max(SequenceMatcher(None, text, heading).ratio() for heading in feed.columns[column].headings)


def _heading_meant(feed: Feed, column: str, text: str) -> tuple[str, str]:
    """The way out for the supplier of the file."""
    return (
        f"若“{text}”即“{_heading(feed, column)}”，请改为此表头，或请运维人员登记",
        f"where {text!r} means {_heading(feed, column)}, write that heading, or have an operator enter it",
    )


def _line(feed: Feed, column: str, text: str) -> tuple[str, str]:
    """The line of the definition that makes a text a heading of a column."""
    definition, file = feed.columns[column], f"warehouse/intake/feeds/{feed.columns_file}"
    line = (
        f"{column}: {{type: {definition.type}, headings: [{', '.join([*definition.headings, text])}], required: true}}"
    )
    return (
        f"在 {file} 的 columns 下写 {line}",
        f"write below columns in {file}: {line}",
    )


def _rows(grid: Grid, feed: Feed) -> Iterator[_Row]:
    required = [column for column, definition in feed.columns.items() if definition.required]
    for row in grid.rows.head(_TOP_ROWS).iter_rows(named=True) if grid.rows.height else ():
        texts = [text for at, text in row.items() if at != "row_no" and text is not None]
        columns = {text: feed.by_heading.get(feed.column_key(text), "") for text in texts}
        known = [text for text, column in columns.items() if column != ""]
        missing = [column for column in required if column not in columns.values()]
        yield _Row(grid.sheet, row["row_no"], texts, known, missing)


def _sideways(grids: list[Grid], feed: Feed) -> Iterator[tuple[str, str]]:
    """Whether the headings stand below each other."""
    for grid in grids:
        for at in (at for at in grid.rows.columns if at != "row_no"):
            texts = grid.rows[at].head(_TOP_ROWS).drop_nulls().to_list()
            if sum(feed.column_key(text) in feed.by_heading for text in texts) >= _FEWEST_BELOW:
                column = int(at[1:]) + 1
                yield (
                    f"表头竖排在第 {column} 列，请转置为每行一家企业",
                    f"the headings stand below each other in column {column}; transpose it, one firm a row",
                )
                return


def _hidden(grids: list[Grid]) -> Iterator[tuple[str, str]]:
    hidden = [remark.value for grid in grids for remark in grid.remarks if remark.rule_id == "F05"]
    if hidden:
        yield (
            f"隐藏的工作表未读：{'、'.join(hidden)}；若数据在其中请取消隐藏",
            f"hidden sheets were not read: {', '.join(hidden)}; unhide them if the data is there",
        )
