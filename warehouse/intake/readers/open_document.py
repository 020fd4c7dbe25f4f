"""OpenDocument spreadsheets (.ods): the sheets of their content, each cell as the text of its exact value.

Source: OASIS, OpenDocument 1.3, part 3 (9 tables, 19.385 office:value and its kin).
"""

import zipfile
from pathlib import Path

from warehouse.errors import BadInput
from warehouse.intake.readers import limits
from warehouse.intake.readers.cell_faults import without_result
from warehouse.intake.readers.drafted import Draft, figure
from warehouse.intake.readers.grid import Grid, require_few
from warehouse.intake.readers.package import (
    checked_part,
    damaged,
    document_type,
    encrypted,
    require_few_sheets,
    unpacked,
)
from warehouse.intake.readers.xml_tags import DocumentType, Handler, parse

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_UNSHOWN = ("annotation", "note", "ruby-text", "shapes", "tracked-changes", "custom-shape", "frame")
"""Parts of a cell or sheet whose texts are no value."""
_FIGURES = ("float", "percentage", "currency")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_REPEATED_ROWS, _REPEATED_COLUMNS = "table:number-rows-repeated", "table:number-columns-repeated"


class _Content(Handler):
    """The sheets of a document; repeated rows and cells are written out where they hold something."""

    def __init__(self, name: str) -> None:
        self.drafts: list[Draft] = []
        self._name = name
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._row, self._rows, self._column, self._column_at = 0, 1, 0, 0
        self._row_cells: list[tuple[int, int, str, int]] = []
        self._cell: dict[str, str] | None = None
        self._texts: list[str] = []
        self._in_text = self._unshown = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open a sheet, row, cell or text."""
        if tag in _UNSHOWN or self._unshown:
            self._unshown += tag in _UNSHOWN
            return
        opened = _OPENED.get(tag)
        if opened is not None:
            opened(self, attributes)

    def text(self, text: str) -> None:
        """Add to the text of the open cell."""
        if self._in_text and not self._unshown:
            self._texts.append(text)

    def end(self, tag: str) -> None:
        """Close a text, cell or row."""
        if self._unshown:
            self._unshown -= tag in _UNSHOWN
        elif tag == "p" and self._cell is not None:
            self._in_text = 0
        elif tag in ("table-cell", "covered-table-cell"):
            self._close_cell()
        elif tag == "table-row":
            self._close_row()

    def open_style(self, attributes: dict[str, str]) -> None:
        """A style; its properties follow."""
        self._style = attributes.get("style:name", "")

    def open_properties(self, attributes: dict[str, str]) -> None:
        """The properties of a style of sheets."""
        if attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def open_table(self, attributes: dict[str, str]) -> None:
        """Begin a draft; hidden by its style."""
        is_hidden = attributes.get("table:style-name") in self._hidden_styles
        self.drafts.append(Draft(attributes.get("table:name", ""), self._name, is_hidden))
        self._row, self._rows, self._column_at = 0, 1, 0

    def open_column(self, attributes: dict[str, str]) -> None:
        """Columns, of which only whether they are shown matters."""
        first = self._column_at + 1
        self._column_at += _count(attributes.get(_REPEATED_COLUMNS), _LAST_COLUMN)
        if attributes.get("table:visibility", "visible") != "visible" and self.drafts:
            self.drafts[-1].hidden_columns.update(range(first, self._column_at + 1))

    def open_row(self, attributes: dict[str, str]) -> None:
        """A row, or several alike."""
        self._row, self._column, self._row_cells = self._row + 1, 0, []
        self._rows = _count(attributes.get(_REPEATED_ROWS), _LAST_ROW)
        if attributes.get("table:visibility", "visible") != "visible" and self.drafts:
            self.drafts[-1].hidden_rows.update(range(self._row, self._row + self._rows))

    def open_cell(self, attributes: dict[str, str]) -> None:
        """A cell, or several alike."""
        self._cell, self._texts = attributes, []

    def open_covered(self, attributes: dict[str, str]) -> None:
        """A cell under a merged one, which is not shown."""
        self._cell, self._texts = {_REPEATED_COLUMNS: attributes.get(_REPEATED_COLUMNS, "1"), "covered": ""}, []

    def open_text(self, _: dict[str, str]) -> None:
        """A paragraph: a line of the cell."""
        if self._cell is not None:
            self._texts += ["\n"] if self._texts else []
            self._in_text = 1

    def open_blanks(self, attributes: dict[str, str]) -> None:
        """Blanks that XML would join."""
        self._texts.append(" " * _count(attributes.get("text:c"), limits.LONGEST_CELL))

    def open_break(self, _: dict[str, str]) -> None:
        """A line break or tab."""
        self._texts.append("\n")

    def _close_cell(self) -> None:
        cell, self._cell = self._cell or {}, None
        first = self._column + 1
        count = _count(cell.get(_REPEATED_COLUMNS), _LAST_COLUMN)
        self._column += count
        shown = "" if "covered" in cell else _value(cell, "".join(self._texts))
        if shown.strip():
            self._row_cells.append((first, count, shown, _count(cell.get("table:number-rows-spanned"), _LAST_ROW)))

    def _close_row(self) -> None:
        """Write the cells of a row as often as it is repeated; the limits are checked before."""
        cells, count = self._row_cells, self._rows
        require_few(count * sum(times for _, times, _, _ in cells), self._name)
        for row in range(self._row, self._row + count) if cells else ():
            for first, times, shown, spanned in cells:
                for column in range(first, first + times):
                    self.drafts[-1].put(row, column, shown, spanned)
        self._row += count - 1


_OPENED = {
    "style": _Content.open_style,
    "table-properties": _Content.open_properties,
    "table": _Content.open_table,
    "table-column": _Content.open_column,
    "table-row": _Content.open_row,
    "table-cell": _Content.open_cell,
    "covered-table-cell": _Content.open_covered,
    "p": _Content.open_text,
    "s": _Content.open_blanks,
    "line-break": _Content.open_break,
    "tab": _Content.open_break,
}


def _count(written: str | None, most: int) -> int:
    """How often something is repeated; raises ``ValueError`` for what is no such number."""
    number = 1 if written is None else int(written)
    if not 1 <= number <= most:
        raise ValueError(written)
    return number


def _value(cell: dict[str, str], shown: str) -> str:
    """The exact value of a cell: a number with the sign or unit shown, a day in ISO form, else the text."""
    kind = cell.get("office:value-type")
    if kind in _FIGURES and "office:value" in cell:
        return figure(cell["office:value"], shown)
    if kind == "date":
        return cell.get("office:date-value", shown).removesuffix("T00:00:00")
    if kind == "boolean":
        return cell.get("office:boolean-value", shown)
    if kind is None and not shown and (formula := cell.get("table:formula")):
        return without_result(formula.partition("=")[2])
    return shown or cell.get("office:string-value", "")


def read_ods(path: Path, name: str) -> list[Grid]:
    """The sheets of a document; raises ``BadInput`` where it has a password, is damaged or too large."""
    part, content = checked_part(path, _CONTENT, name), _Content(name)
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
        if _MANIFEST in names and b"encryption-data" in b"".join(
            unpacked(path, checked_part(path, _MANIFEST, name), name)
        ):
            raise encrypted(name)
        parse(unpacked(path, part, name), content)
    except BadInput:
        raise
    except DocumentType as error:
        raise document_type(name, _CONTENT) from error
    except (ValueError, IndexError, OSError, zipfile.BadZipFile) as error:
        raise damaged(name) from error
    require_few_sheets(len(content.drafts), name)
    return [grid for draft in content.drafts if (grid := draft.grid())]
