"""Files handed to somebody else: extracts, report cards, templates, and lists as CSV."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from warehouse import spreadsheet
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.spreadsheet import neutral as neutral
from warehouse.workbook import Column as Column
from warehouse.workbook import Kind as Kind
from warehouse.workbook import Sheet as Sheet
from warehouse.workbook import cell as cell
from warehouse.workbook import workbook_bytes as workbook_bytes

if TYPE_CHECKING:
    from warehouse.outputs.digest.writing import Digest as Digest
    from warehouse.outputs.reclassification.writing import Report as Report


def write_extracts(home: Home, out: Path, incubator: str | None) -> list[Path]:
    """The lists of the current release for one incubator or for all; raises ``BadInput`` for an unknown name."""
    from warehouse.outputs import incubators
    from warehouse.release import releases

    return incubators.write_extracts(releases.current(home), out, incubator)


def write_report_cards(home: Home, out: Path) -> list[Path]:
    """A page and a CSV for every supplier of the current release, with the trend over those before."""
    from warehouse.outputs import report_cards
    from warehouse.release import releases

    paths = [Path(release.path) for release in releases.releases(home)]
    return report_cards.write_cards(paths or [releases.current(home)], out)


def write_digest(home: Home, day: date, within: int) -> "Digest":
    """The digests of the week of a day, as ``digest.writing``; raises ``Busy`` while a run writes."""
    from warehouse.lock import writer
    from warehouse.outputs.digest import writing

    with writer(home):
        return writing.write_digest(home, day, within)


def reclassify(home: Home, day: date, rules_day: date) -> "Report":
    """The firms of a day by the rules of then and of another day; raises ``Busy`` while a run writes."""
    from warehouse.lock import writer
    from warehouse.outputs.reclassification import writing

    with writer(home):
        return writing.reclassify(home, day, rules_day)


def write_template(feed: str, path: Path, money_unit: str) -> Path:
    """An empty workbook to fill for a feed; raises ``BadInput`` where there is no feed of that name."""
    from warehouse.intake import template
    from warehouse.intake.feed import load_feeds

    feeds = load_feeds()
    if feed not in feeds:
        raise BadInput(f"没有来源 {feed}；tidu feeds 列出全部", f"there is no feed {feed}; tidu feeds lists all")
    template.write_template(feeds[feed], path, money_unit)
    return path


def write_csv(file: TextIO, columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows as CSV; ``columns`` maps names to headings. What a spreadsheet would run is neutralised."""
    spreadsheet.write_csv(file, columns, rows)
