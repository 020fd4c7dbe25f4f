"""Rows that number the columns of a table: 甲 乙 丙 1 2 3, A B C, (1) (2) (3)."""

import re

import polars as pl

_SERIES = ("甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "一二三四五六七八九")
_MARK = r"^[(（]?(?:[甲乙丙丁戊己庚辛壬癸①-⑳一二三四五六七八九]|[A-Za-z]|\d{1,3}|十[一二三四五六七八九]?)[)）]?$"
_LABEL = "栏次|栏号|列次|列号|行次|序号|序"
_FEWEST = 2
_TENS = "十"
_FIRST = 3
"""Columns that are looked at first."""


def column_marks(body: pl.DataFrame) -> list[int]:
    """The numbers of the rows whose cells are all marks and count on from each other."""
    cells = [at for at in body.columns if at != "row_no"]
    is_mark = [pl.col(at).is_null() | pl.col(at).str.contains(f"{_MARK}|^(?:{_LABEL})$") for at in cells]
    rows = body
    for some in (is_mark[:_FIRST], is_mark[_FIRST:]):  # few rows pass the first columns
        rows = rows.filter(pl.all_horizontal(some)) if some and rows.height else rows
    return [row[0] for row in rows.select("row_no", *cells).rows() if _counts_on([text for text in row[1:] if text])]


def _counts_on(texts: list[str]) -> bool:
    """Whether each mark follows the one before it; figures may begin after letters, as in 甲 乙 1 2."""
    marks = [_place(text.strip("()（）")) for text in texts if not re.fullmatch(_LABEL, text)]
    if len(marks) < _FEWEST:
        return False
    before = None
    for series, place in marks:
        is_next = before is not None and (series, place) == (before[0], before[1] + 1)
        begins = place == 1 and (before is None or (series == "figures" != before[0]))
        if not (is_next or begins):
            return False
        before = series, place
    return True


def _place(mark: str) -> tuple[str, int]:
    """Series and place, from 1, of a mark such as 3, c or 十二."""
    if mark.isdecimal():
        return "figures", int(mark)
    for series in _SERIES:
        if mark.upper() in series:
            return series, series.index(mark.upper()) + 1
    return _SERIES[-1], 10 + (_SERIES[-1].index(mark[-1]) + 1 if mark[-1] != _TENS else 0)
