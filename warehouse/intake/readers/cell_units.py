"""Units of money that only the number format of a cell shows: 500 under ``0"万元"`` is 500万元.

Formats are read from ``xl/styles.xml``; a sheet is parsed for their cells only where a format shows a unit.
"""

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tiers.amounts import read_unit
from warehouse.intake.readers.package import unpacked
from warehouse.intake.readers.sheet_outline import position
from warehouse.intake.readers.xml_tags import Handler, parse

_STYLES = "xl/styles.xml"
_SECTION = re.compile(r'(?:"[^"]*"|\\.|!.|\[[^\]]*\]|[^;"\\\[])*')
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|\[\$([^\]-]*)(?:-[^\]]*)?\]|([\u3400-\u9fff])')
_SKIPPED = re.compile(r'"[^"]*"|\[[^\]]*\]|_.|\*.')
_POINT = re.compile(r'[#0?](?:[\\!]\.|"\.")([#0?]+)')
"""A decimal point written as a literal: 0!.0 shows tenths as units."""
_THOUSANDS = re.compile(r"[#0?.](,+)(?![#0?,])")
"""Commas after the last digit: each divides what is shown by a thousand."""
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


@dataclass(frozen=True)
class CellUnit:
    """``unit`` as a format shows it; the stored figure is shown divided by ten to the power of ``places``."""

    unit: str
    places: int


def unit_of_format(code: str) -> CellUnit | None:
    """The unit of money that a number format shows beside the figure; None where it shows none.

    A currency alone is none: ¥500 may be in any unit of the column.
    """
    section = _SECTION.match(code)
    shown = section[0] if section else code
    point = _POINT.search(shown)
    digits = _POINT.sub("0", shown)
    unit = "".join("".join(match) for match in _LITERAL.findall(digits)).strip(" ()（）/")
    if not re.search("[元圆千万亿]|illion", unit) or (read_unit(unit) or read_unit(f"{unit}元")) is None:
        return None
    thousands = _THOUSANDS.search(_SKIPPED.sub("", re.sub(r"[\\!].", "", digits)))
    return CellUnit(unit, 3 * len(thousands[1] if thousands else "") + len(point[1] if point else ""))


def style_units(path: Path, name: str) -> dict[str, CellUnit]:
    """The units of money that formats show, by the number of the style; raises ``ValueError`` for invalid XML."""
    with zipfile.ZipFile(path) as archive:
        part = next((part for part in archive.infolist() if part.filename.casefold() == _STYLES), None)
    if part is None:
        return {}
    styles = _Styles()
    parse(unpacked(path, part, name), styles)
    units = {number: unit_of_format(code) for number, code in styles.formats.items()}
    return {str(style): unit for style, number in enumerate(styles.cells) if (unit := units.get(number))}


class _Styles(Handler):
    """Number formats by their number, and the format of each cell style in order."""

    def __init__(self) -> None:
        self.formats: dict[str, str] = {}
        self.cells: list[str] = []
        self._in_cells = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Process an opening tag."""
        if tag == "numFmt":
            self.formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            self._in_cells = tag == "cellXfs"
        elif tag == "xf" and self._in_cells:
            self.cells.append(attributes.get("numFmtId", ""))


class _Cells(Handler):
    """The places of cells whose style shows a unit; a cell without a reference follows the one before it."""

    def __init__(self, units: dict[str, CellUnit]) -> None:
        self.places: list[tuple[int, int, str, int]] = []
        self._units, self._row, self._column = units, 0, 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Process an opening tag."""
        if tag == "row":
            number = attributes.get("r", "").strip()
            self._row, self._column = int(number) if number.isdecimal() else self._row + 1, 0
        elif tag == "c":
            place = _REFERENCE.fullmatch("".join(attributes.get("r", "").split()))
            self._row, self._column = (int(place[2]), position(place[1])) if place else (self._row, self._column + 1)
            if unit := self._units.get(attributes.get("s", "")):
                self.places.append((self._row, self._column, unit.unit, unit.places))


def unit_places(chunks: Iterable[bytes], units: dict[str, CellUnit]) -> pl.DataFrame:
    """The cells of a sheet whose format shows a unit: row_no, column, unit, places."""
    sheet = _Cells(units)
    parse(chunks, sheet)
    schema = {"row_no": pl.Int64, "column": pl.Int64, "unit": pl.String, "places": pl.Int64}
    return pl.DataFrame(sheet.places, schema=schema, orient="row").unique(["row_no", "column"])


def with_shown_units(cells: pl.DataFrame, at: dict[int, str], places: pl.DataFrame) -> pl.DataFrame:
    """The cells, plain figures with the unit in brackets that their format shows; ``at`` names columns by number."""
    for (number,), group in places.group_by("column"):
        if (name := at.get(int(str(number)))) is not None:
            shown = cells.join(group.drop("column"), on="row_no", how="left", maintain_order="left")
            cells = shown.with_columns(_shown(pl.col(name))).drop("unit", "places")
    return cells


def _shown(cell: pl.Expr) -> pl.Expr:
    """The figure as it is shown, exact, with its unit: 5000000 under ``0,,"百万元"`` is 5E0（百万元）."""
    is_figure = cell.str.contains(r"^-?\d+(?:\.\d+)?$") & pl.col("unit").is_not_null()
    power = pl.when(pl.col("places") > 0).then(pl.format("e-{}", pl.col("places"))).otherwise(pl.lit(""))
    return pl.when(is_figure).then(pl.format("{}{}（{}）", cell, power, pl.col("unit"))).otherwise(cell)
