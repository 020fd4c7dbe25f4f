"""Tables of a web page, which many programs write under the name of a workbook: each becomes a sheet.

Lines of text above a table are the rows above it; those after the last table are the rows below it.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from warehouse.errors import BadInput
from warehouse.intake.readers.cell_faults import without_result
from warehouse.intake.readers.drafted import Draft, figure
from warehouse.intake.readers.encodings import decoded_markup
from warehouse.intake.readers.grid import Grid
from warehouse.intake.readers.package import require_few_sheets

_BLOCKS = frozenset(
    re.findall(
        r"\w+", "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd br hr center caption form section article pre header footer"
    )
)
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym address area aside b base basefont bdi bdo big blockquote body button cite code col colgroup"
        " data del details dfn em embed fieldset figcaption figure font frame frameset head html i iframe img ins kbd"
        " label legend link main map mark meta nav noframes object optgroup output param q rp rt ruby s samp select"
        " small source span strike strong sub summary sup svg tbody textarea tfoot thead time tt u var wbr",
    )
)
_UNSHOWN = ("script", "style", "title", "noscript", "template", "xml")
_TABLE_TAGS = frozenset(("table", "tr", "td", "th"))
_NO_TEXT = ("hidden", "checkbox", "radio", "button", "submit", "reset", "image")
"""Fields of a form that show no text."""
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_NO_TAG = re.compile(r"<(?![A-Za-z][A-Za-z0-9:_-]*[\s/>]|/[A-Za-z]|[!?])")
"""A sign that begins no tag, as in 研发<50人 or 甲<a公司."""
_MOST_LINES = 10
"""Lines of text above a table that may belong to it."""
_WIDEST, _HIGHEST = 1000, 65_534
"""The largest spans of a cell in HTML."""


@dataclass
class _Table:
    """A table that is being read; ``covered`` has the last row that a cell of each column reaches."""

    draft: Draft
    row: int = 0
    column: int = 0
    covered: dict[int, int] = field(default_factory=dict)
    cell: dict[str, str] | None = None
    texts: list[str] = field(default_factory=list)

    def next_row(self, is_hidden: bool) -> None:
        """Rows count from 1; hidden ones are noted in the draft."""
        self.row, self.column = self.row + 1, 0
        if is_hidden:
            self.draft.hidden_rows.add(self.row)

    def close_cell(self) -> None:
        """Write the cell that is open, if one is."""
        cell, self.cell = self.cell, None
        if cell is None:
            return
        self.column += 1
        while self.covered.get(self.column, 0) >= self.row:
            self.column += 1
        rows, columns = _span(cell, "rowspan", _HIGHEST), _span(cell, "colspan", _WIDEST)
        self.draft.put(self.row, self.column, _text(cell, "".join(self.texts)), rows)
        for column in range(self.column, self.column + columns):
            self.covered[column] = self.row + rows - 1
            if _is_hidden(cell):
                self.draft.hidden_columns.add(column)
        self.column += columns - 1


class _Page(HTMLParser):
    """The tables of a page in the order in which they begin."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.drafts: list[Draft] = []
        self._name = name
        self._tables: list[_Table] = []
        self._last: _Table | None = None
        self._line = ""
        self._lines: list[str] = []
        self._unshown: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, row or cell; a block begins a line."""
        attributes = {key: value or "" for key, value in attrs}
        if tag in _UNSHOWN:
            self._unshown.append(tag)
        elif tag in _TABLE_TAGS:
            self._open(tag, attributes)
        elif tag in _BLOCKS:
            self._break()
        elif tag in ("input", "option"):
            self._show_field(tag, attributes)
        elif tag not in _INLINE and ":" not in tag:
            self._add(self.get_starttag_text() or "")  # 研发<abc: a sign in a text, which is no tag

    def handle_endtag(self, tag: str) -> None:
        """Close a table, row, cell, or what is not shown; a block ends its line."""
        if tag == "select":
            self._end_option()
        if tag in self._unshown:
            del self._unshown[self._unshown.index(tag) :]
        elif tag == "table" and self._tables:
            self._tables[-1].close_cell()
            self._last = self._tables.pop()
        elif tag in _TABLE_TAGS and self._tables:
            self._tables[-1].close_cell()
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        """Add a text to the open cell or line."""
        if not self._unshown:
            self._add(re.sub(r"[ \t\r\n\f]+", " ", data))

    def finish(self) -> None:
        """End the page; the lines after the last table are rows below it."""
        self.close()
        if self._tables or self._unshown:
            raise _cut_off(self._name)
        self._break()
        if self._last:
            for line in self._lines:
                self._last.next_row(is_hidden=False)
                self._last.draft.put(self._last.row, 1, line)

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self._break()
            self._begin_table(_is_hidden(attributes))
        elif self._tables:
            table = self._tables[-1]
            table.close_cell()
            if tag == "tr":
                table.next_row(_is_hidden(attributes))
            elif table.row:
                table.cell, table.texts = attributes, []

    def _show_field(self, tag: str, attributes: dict[str, str]) -> None:
        """The text of a field, and the chosen option alone of a list."""
        if tag == "input":
            self._add(attributes.get("value", "") if attributes.get("type", "").lower() not in _NO_TEXT else "")
            return
        self._end_option()
        if "selected" not in attributes:
            self._unshown.append("option")

    def _end_option(self) -> None:
        if self._unshown[-1:] == ["option"]:
            self._unshown.pop()

    def _begin_table(self, is_hidden: bool) -> None:
        draft = Draft(f"表{len(self.drafts) + 1}", self._name, is_hidden)
        self.drafts.append(draft)
        self._tables.append(table := _Table(draft))
        for line in self._lines[-_MOST_LINES:]:
            table.next_row(is_hidden=False)
            draft.put(table.row, 1, line)
        self._lines = []

    def _add(self, text: str) -> None:
        if self._tables and self._tables[-1].cell is not None:
            self._tables[-1].texts.append(text)
        else:
            self._line += text

    def _break(self) -> None:
        """End a line: within a cell, or of the text beside the tables."""
        if self._tables and self._tables[-1].cell is not None:
            self._tables[-1].texts.append("\n")
            return
        line, self._line = self._line.strip(), ""
        if line:
            self._lines.append(line)


def read_html(path: Path, name: str) -> list[Grid]:
    """The tables of a page; raises ``BadInput`` where it has none, is cut off or mixes encodings."""
    if (text := decoded_markup(path.read_bytes())) is None:
        raise BadInput(
            f"{name}: 网页编码不一致，既不是完整的 UTF-8 也不是完整的 GB18030；请打开后另存为 xlsx",
            f"{name}: the web page mixes encodings, neither UTF-8 nor GB18030 throughout; open it and save it as xlsx",
        )
    page = _Page(name)
    page.feed(_NO_TAG.sub("&lt;", text[0]))
    page.finish()
    grids = [grid for draft in page.drafts if (grid := draft.grid())]
    require_few_sheets(len(grids), name)
    if not any(grid.rows.height for grid in grids):
        raise BadInput(
            f"{name}: 是网页，其中没有表格（可能是登录页、出错页，或表格另在他处）；请重新导出，或打开后另存为 xlsx",
            f"{name}: is a web page without a table (perhaps of a sign-in or an error, or its tables are elsewhere);"
            " export it again, or open it and save it as xlsx",
        )
    return grids


def _cut_off(name: str) -> BadInput:
    return BadInput(
        f"{name}: 网页中的表格没有结束标记，文件可能被截断；请重新导出",
        f"{name}: a table of the web page does not end, the file may be cut off; export it again",
    )


def _span(attributes: dict[str, str], key: str, most: int) -> int:
    written = attributes.get(key, "").strip()
    return min(max(int(written), 1), most) if re.fullmatch("[0-9]{1,6}", written) else 1


def _is_hidden(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")))


def _text(attributes: dict[str, str], text: str) -> str:
    """The text of a cell; Excel writes the exact number beside the shown one, as x:num or data-sheets-value."""
    shown = "\n".join(line.strip() for line in text.split("\n")).strip()
    if exact := attributes.get("x:num"):
        return figure(exact, shown)
    if "x:fmla" in attributes and not shown:
        return without_result(attributes["x:fmla"])
    return shown
