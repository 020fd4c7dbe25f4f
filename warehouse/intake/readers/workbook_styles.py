"""The number formats of a workbook: of each cell style, and from when its days are counted."""

from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from warehouse.intake.readers.number_formats import BUILT_IN, CellFormat, Section, Shown, cell_format


def formats_of(styles: Element) -> dict[int, CellFormat]:
    """The cell styles of ``styles.xml`` whose format shows something else than the number."""
    codes = _codes(styles)
    formats = {style: _format(number, codes) for style, number in _numbers(styles).items()}
    return {style: shown for style, shown in formats.items() if not shown.is_plain}


def _codes(styles: Element) -> dict[int, str]:
    """The format codes of a workbook by their number."""
    return {int(entry.get("numFmtId", "-1")): entry.get("formatCode", "") for entry in _named(styles.iter(), "numFmt")}


def _numbers(styles: Element) -> dict[int, int]:
    """The number of the format of each cell style."""
    cell_styles = next(_named(styles.iter(), "cellXfs"), None)
    entries = _named(cell_styles, "xf") if cell_styles is not None else ()
    return {style: int(entry.get("numFmtId", "0")) for style, entry in enumerate(entries)}


def _named(elements: Iterable[Element], name: str) -> Iterator[Element]:
    return (element for element in elements if element.tag.rpartition("}")[2] == name)


def _format(number: int, codes: Mapping[int, str]) -> CellFormat:
    if number in codes:
        return cell_format(codes[number])
    return CellFormat((Section(None, BUILT_IN.get(number, Shown.AS_WRITTEN), None),))


def is_1904(book: Element) -> bool:
    """Whether the days of a workbook are counted from 1904, by ``date1904`` of ``workbookPr``."""
    properties = next(_named(book.iter(), "workbookPr"), None)
    return properties is not None and properties.get("date1904", "").strip().casefold() in ("1", "true", "on", "t")
