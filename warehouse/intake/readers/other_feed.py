"""The feeds whose headings a refused table has: a file under the name of another one."""

from collections.abc import Iterator

from warehouse.errors import BadInput
from warehouse.intake.feed import Feed, load_feeds
from warehouse.intake.readers.grid import Grid

_TOP_ROWS = 40
_FEWEST = 3
"""Headings of a row that distinguish a feed from others."""


def with_other_feed(refusal: BadInput, grids: list[Grid], feed: Feed) -> BadInput:
    """The refusal of a file, with the feeds of which it has all headings, if there are any."""
    fitting = sorted(set(_fitting(grids, feed)), reverse=True)
    names = [name for count, name in fitting if count == fitting[0][0]]
    if not names:
        return refusal
    titles = [load_feeds()[name].title for name in names]
    listed_zh = "、".join(f"{name}（{title.zh}）" for name, title in zip(names, titles, strict=True))
    listed_en = ", ".join(f"{name} ({title.en})" for name, title in zip(names, titles, strict=True))
    return BadInput(
        f"{refusal.zh}；表头与来源 {listed_zh} 相符，若是请放入来件目录中以来源命名的文件夹，或按其名称命名",
        f"{refusal.en}; its headings are those of the feed {listed_en}: if it is one, put it into a folder of the inbox"
        " named after it, or name it so",
    )


def _fitting(grids: list[Grid], feed: Feed) -> Iterator[tuple[int, str]]:
    """The number of columns and the name of each other feed that knows all texts of a row, with the required ones."""
    for grid in grids:
        for row in grid.rows.head(_TOP_ROWS).iter_rows(named=True) if grid.rows.height else ():
            texts = [text for at, text in row.items() if at != "row_no" and text is not None]
            if len(texts) >= _FEWEST:
                yield from ((len(texts), name) for name in _knowing(texts) if name != feed.name)


def _knowing(texts: list[str]) -> Iterator[str]:
    for name, feed in load_feeds().items():
        keys = [feed.column_key(text) for text in texts]
        columns = {feed.by_heading[key] for key in keys if key in feed.by_heading}
        required = {column for column, definition in feed.columns.items() if definition.required}
        if all(key in feed.by_heading for key in keys) and required <= columns:
            yield name
