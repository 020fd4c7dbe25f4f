"""XML spreadsheets of Excel 2003 (SpreadsheetML), which programs write under the name of a workbook.

Source: Microsoft, XML Spreadsheet Reference (Excel 2003).
"""

from pathlib import Path

from warehouse.errors import BadInput
from warehouse.intake.readers.cell_faults import without_result
from warehouse.intake.readers.drafted import Draft, plain_number
from warehouse.intake.readers.encodings import decoded_markup
from warehouse.intake.readers.grid import Grid
from warehouse.intake.readers.number_cells import text_in
from warehouse.intake.readers.number_formats import cell_format
from warehouse.intake.readers.package import damaged, document_type, require_few_sheets
from warehouse.intake.readers.xml_tags import DocumentType, Handler, parse

_NUMBERS = (
    "general number",
    "standard",
    "fixed",
    "currency",
    "euro currency",
    "scientific",
    "yes/no",
    "true/false",
    "on/off",
)
_NAMED = dict.fromkeys(_NUMBERS, "0") | {
    "percent": "0.00%",
    "short date": "yyyy-mm-dd",
    "medium date": "yyyy-mm-dd",
    "long date": "yyyy-mm-dd",
    "general date": "yyyy-mm-dd hh:mm",
    "short time": "hh:mm",
    "medium time": "hh:mm",
    "long time": "hh:mm:ss",
}
"""The codes of formats that have a name."""
_MIDNIGHT = ("T00:00:00.000", "T00:00:00")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


class _Book(Handler):
    """The sheets of a workbook; rows, columns and cells count on where they state no index."""

    def __init__(self, name: str) -> None:
        self.drafts: list[Draft] = []
        self._name = name
        self._formats: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._style = ""
        self._row = self._column = self._next = 0
        self._column_at = self._span = 0
        self._cell: dict[str, str] = {}
        self._type = ""
        self._texts: list[str] | None = None
        self._has_data = self._in_comment = False
        self._inside: str | None = None
        self._inner: list[str] = []
        self.is_1904 = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open a part of the workbook."""
        own = {key.rpartition(":")[2]: value for key, value in attributes.items() if not key.startswith("xmlns")}
        opened = getattr(self, f"_open_{tag.lower()}", None)
        if opened is not None:
            opened(own)

    def text(self, text: str) -> None:
        """Add to the value of the open cell."""
        if self._texts is not None:
            self._texts.append(text)
        elif self._inside:
            self._inner.append(text)

    def end(self, tag: str) -> None:
        """Close a cell, its value, or a setting."""
        if tag == "Data" and not self._in_comment:
            self._has_data, self._cell["text"] = True, "".join(self._texts or ())
            self._texts = None
        elif tag == "Comment":
            self._in_comment = False
        elif tag == "Cell":
            self._write()
        elif tag == "Visible":
            self.drafts[-1].is_hidden = bool(self.drafts) and "".join(self._inner) != "SheetVisible"
            self._inside = None

    def _open_style(self, own: dict[str, str]) -> None:
        self._style = own.get("ID", "")
        if parent := own.get("Parent"):
            self._parents[self._style] = parent

    def _open_numberformat(self, own: dict[str, str]) -> None:
        self._formats[self._style] = own.get("Format", "General")

    def _open_date1904(self, _: dict[str, str]) -> None:
        self.is_1904 = True

    def _open_worksheet(self, own: dict[str, str]) -> None:
        self.drafts.append(Draft(own.get("Name", ""), self._name))
        self._row = self._column_at = self._span = 0

    def _open_visible(self, _: dict[str, str]) -> None:
        self._inside, self._inner = "Visible", []

    def _open_column(self, own: dict[str, str]) -> None:
        first = _whole(own.get("Index"), self._column_at + 1, _LAST_COLUMN)
        self._column_at = min(first + _whole(own.get("Span"), 0, _LAST_COLUMN), _LAST_COLUMN)
        if own.get("Hidden") == "1" and self.drafts:
            self.drafts[-1].hidden_columns.update(range(first, self._column_at + 1))

    def _open_row(self, own: dict[str, str]) -> None:
        self._row = _whole(own.get("Index"), self._row + self._span + 1, _LAST_ROW)
        self._span, self._next = _whole(own.get("Span"), 0, _LAST_ROW), 1
        if own.get("Hidden") == "1" and self.drafts:
            self.drafts[-1].hidden_rows.add(self._row)

    def _open_cell(self, own: dict[str, str]) -> None:
        self._column = _whole(own.get("Index"), self._next, _LAST_COLUMN)
        self._next = self._column + 1 + _whole(own.get("MergeAcross"), 0, _LAST_COLUMN)
        self._cell, self._type, self._has_data = own, "", False

    def _open_comment(self, _: dict[str, str]) -> None:
        self._in_comment = True

    def _open_data(self, own: dict[str, str]) -> None:
        if not self._in_comment:
            self._type, self._texts = own.get("Type", "String"), []

    def _write(self) -> None:
        if not self.drafts or not self._row:
            raise ValueError("a cell outside a sheet")
        rows = 1 + _whole(self._cell.get("MergeDown"), 0, _LAST_ROW)
        self.drafts[-1].put(self._row, self._column, self._shown(), rows)

    def _shown(self) -> str:
        """The text of the open cell: a number as its format shows it, a day without the time of midnight."""
        written, formula = self._cell.get("text", ""), self._cell.get("Formula")
        if not self._has_data and formula:
            return without_result(formula)
        if self._type == "DateTime":
            return next((written.removesuffix(end) for end in _MIDNIGHT if written.endswith(end)), written)
        if self._type != "Number":
            return {"1": "TRUE", "0": "FALSE"}.get(written, written) if self._type == "Boolean" else written
        code = self._code(self._cell.get("StyleID", "Default"))
        shown = text_in(written, cell_format(code), self.is_1904)
        return plain_number(written) if shown is None else shown

    def _code(self, style: str) -> str:
        """The number format of a style, else of the one that it continues."""
        for _ in self._parents:
            if style in self._formats:
                break
            style = self._parents.get(style, style)
        written = self._formats.get(style, "General")
        return _NAMED.get(written.lower(), written)


def _whole(written: str | None, usual: int, most: int) -> int:
    """A whole number of an attribute; raises ``ValueError`` for another text or one beyond the largest sheet."""
    number = usual if written is None else int(written)
    if not 0 <= number <= most:
        raise ValueError(written)
    return number


def read_spreadsheet_xml(path: Path, name: str) -> list[Grid]:
    """The sheets of a workbook; raises ``BadInput`` where it is damaged or cut off."""
    text, book = decoded_markup(path.read_bytes()), _Book(name)
    if text is None:
        raise damaged(name)
    try:
        parse([text[0].removeprefix("\ufeff").encode()], book, encoding="utf-8")
    except BadInput:
        raise
    except DocumentType as error:
        raise document_type(name, name) from error
    except (ValueError, IndexError) as error:
        raise damaged(name) from error
    require_few_sheets(len(book.drafts), name)
    return [grid for draft in book.drafts if (grid := draft.grid())]
