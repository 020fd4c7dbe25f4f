"""Numbers of a sheet as texts, where calamine gives another text than the spreadsheet shows.

calamine takes elapsed times and days before March 1900 for other days, knows no percentages and no built-in formats of
East Asia; fastexcel writes fractions with nine decimals, 59999999.99 as 59999999.990000002 and 1E-10 as 0. A
spreadsheet keeps fifteen digits: 30 computed as 29.999999999999996 is shown, compared and meant as 30.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

import polars as pl

from warehouse.intake.readers.cell_units import CellUnit
from warehouse.intake.readers.number_formats import CellFormat, Shown

_DIGITS = 15
"""Significant digits that a spreadsheet keeps; what is written beyond them is the error of binary fractions."""
_EXACT = Context(prec=60)
_ROUNDED = Context(prec=_DIGITS, rounding=ROUND_HALF_UP)
_LARGEST_EXPONENT = 308
"""Of a binary fraction."""
_SECONDS = 86_400
_END_SERIAL = 2_958_466
"""The day after 31 December 9999 in the system of 1900."""
_LAST_SERIAL_1904 = 2_957_003
"""31 December 9999 in the system of 1904."""
_LEAP_DAY = 60
"""29 February 1900, which never was: Excel counts it, so earlier days are one off."""

CELL = r'<c r="[A-Z]{1,3}[0-9]{1,7}"'
_TEXT = r"(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?<v[^<>]*>"
_INEXACT = rf"[^<]{{{_DIGITS + 2},}}|-?[0-9]{{7,}}\.[^<]+|[^<]*\.[0-9]{{10,}}|[^<]*[eE][^<]*"
"""Numbers that nine decimals of their binary fraction do not give as written."""
_OTHERWISE = rf"{CELL}[^<>]*>{_TEXT}(?:{_INEXACT})</v>"
_AS_WRITTEN = rf"^-?[0-9]{{1,{_DIGITS - 1}}}\.[0-9]+$"
_PARTS = r'^<c r="(?<letters>[A-Z]+)(?<row>[0-9]+)"(?<attributes>[^<>]*)>.*<v[^<>]*>\s*(?<text>[^<]*?)\s*</v>$'
_SCHEMA = {"letters": pl.String, "row_no": pl.Int64, "style": pl.Int64, "text": pl.String}


@dataclass
class NumberCells:
    """The numbers of a sheet with one of the ``styles``, and those that calamine gives inexactly."""

    styles: frozenset[int] = frozenset()
    frames: list[pl.DataFrame] = field(default_factory=list)
    rows: list[tuple[str, int, int, str]] = field(default_factory=list)
    """Cells added one by one: letters of the column, row, style, text."""
    _rest: str = ""

    def scan(self, xml: str) -> None:
        """Add the cells of a piece of the sheet; a cell that the piece cuts is completed by the next one."""
        text = self._rest + xml
        cut = text.rfind("<c ")
        is_cut = cut >= 0 and text.find("</c>", cut) < 0 and text.find("</row>", cut) < 0
        text, self._rest = (text[:cut], text[cut:]) if is_cut else (text, "")
        if "<v" in text:
            self._extract(pl.Series([text]))

    def _extract(self, text: pl.Series) -> None:
        patterns = [_OTHERWISE]
        if self.styles:
            numbers = "|".join(map(str, sorted(self.styles)))
            patterns.append(rf'{CELL}[^<>]* s="(?:{numbers})"[^<>]*>{_TEXT}[^<]*</v>')
        cells = pl.concat([text.str.extract_all(pattern).explode() for pattern in patterns]).drop_nulls().unique()
        if cells.is_empty():
            return
        parts = cells.str.replace(r"(?s)<f.*</f>", "").str.extract_groups(_PARTS).struct.unnest()
        style = pl.col("attributes").str.extract(r' s="([0-9]+)"').cast(pl.Int64).fill_null(0)
        is_number = pl.col("attributes").str.extract(r' t="([^"]*)"').fill_null("n") == "n"
        numbers_read = parts.filter(is_number).select(
            "letters", pl.col("row").cast(pl.Int64).alias("row_no"), style.alias("style"), "text"
        )
        self.frames.append(numbers_read)

    def add(self, letters: str, row: int, style: int, text: str) -> None:
        """Add a cell that a parser has read, if it is one of these."""
        if style in self.styles or re.fullmatch(_INEXACT, text):
            self.rows.append((letters, row, style, text))

    def frame(self) -> pl.DataFrame:
        """``letters``, ``row_no``, ``style`` and ``text`` of every such cell."""
        own = pl.DataFrame(self.rows, schema=_SCHEMA, orient="row")
        return pl.concat([own, *self.frames]).unique(["letters", "row_no"], keep="first")


def texts_of(cells: pl.DataFrame, formats: Mapping[int, CellFormat], counts_from_1904: bool) -> pl.DataFrame:
    """``cells`` with ``shown``, what each means as a text; without those that are numbers as they are."""
    if cells.is_empty():
        return cells.with_columns(shown=pl.lit(None, dtype=pl.String))
    is_plain = (
        pl.col("text").str.contains(_AS_WRITTEN)
        & (pl.col("text").str.len_bytes() <= _DIGITS + 1)
        & ~pl.col("style").is_in([*formats])
    )
    plain = cells.filter(is_plain).with_columns(shown=pl.col("text").str.strip_chars_end("0").str.strip_chars_end("."))
    others = cells.filter(~is_plain)
    kinds = others.select("style", "text").unique()
    shown = [text_in(text, formats.get(style), counts_from_1904) for style, text in kinds.iter_rows()]
    kinds = kinds.with_columns(shown=pl.Series(shown, dtype=pl.String))
    return pl.concat([plain, others.join(kinds, on=["style", "text"]).drop_nulls("shown")], how="diagonal")


def text_in(written: str, cell_format: CellFormat | None, counts_from_1904: bool) -> str | None:
    """A number as its format shows it; None where calamine reads it as well."""
    number = finite(written)
    if number is None or cell_format is None:
        return text_of(written, Shown.AS_WRITTEN, counts_from_1904)
    section = cell_format.of(number)
    return text_of(written, section.shown, counts_from_1904, section.unit) or _plain(_ROUNDED.plus(number))


def finite(written: str) -> Decimal | None:
    """A finite number in the range of binary fractions."""
    try:
        number = _EXACT.create_decimal(written.strip())
    except ArithmeticError:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _LARGEST_EXPONENT else None


def text_of(written: str, shown: Shown, counts_from_1904: bool, unit: CellUnit | None = None) -> str | None:
    """A number as a text: a day in ISO form, with its sign or unit; None where calamine reads it as well."""
    if (exact := finite(written)) is None:
        return None
    number = _ROUNDED.plus(exact)
    if unit is not None and shown is Shown.AS_WRITTEN:
        return unit.written(_plain(number))
    if shown is Shown.AS_WRITTEN and exact == exact.to_integral_value():
        return None
    plain = _plain(number)
    if shown is Shown.DAY:
        return _day(number, counts_from_1904) or plain
    if shown is Shown.SCALED_PERCENT:
        return f"{_plain(number.scaleb(2, _EXACT))}%"
    return plain + {Shown.PERCENT: "%", Shown.PER_MILLE: "‰"}.get(shown, "")


def _plain(number: Decimal) -> str:
    return f"{number.normalize(_EXACT):f}"


def _day(serial: Decimal, counts_from_1904: bool) -> str | None:
    """The day of a serial number, with its time where it has one; None for a number that is no day."""
    if counts_from_1904:
        first, is_day = datetime(1904, 1, 1, tzinfo=UTC), 0 <= serial <= _LAST_SERIAL_1904
    else:
        first = datetime(1899, 12, 31 if serial < _LEAP_DAY else 30, tzinfo=UTC)
        is_day = 1 <= serial < _END_SERIAL and int(serial) != _LEAP_DAY
    if not is_day:
        return None
    moment = first + timedelta(seconds=int((serial * _SECONDS).to_integral_value(ROUND_HALF_UP)))
    return moment.strftime("%Y-%m-%d" if serial == int(serial) else "%Y-%m-%d %H:%M:%S")


def letters_of(position: int) -> str:
    """The letters of a column by its number: 1 is A, 27 is AA."""
    letters = ""
    while position:
        position, digit = divmod(position - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def replaced(texts: pl.DataFrame, columns: Mapping[int, str]) -> Iterator[pl.Expr]:
    """The columns, by their position, in which ``texts_of`` replaces some text; ``row_no`` is a column beside them."""
    for position, name in columns.items() if texts.height else ():
        own = texts.filter(pl.col("letters") == letters_of(position))
        if not own.is_empty():
            text = pl.col("row_no").replace_strict(own["row_no"], own["shown"], default=None, return_dtype=pl.String)
            yield text.fill_null(pl.col(name)).alias(name)
