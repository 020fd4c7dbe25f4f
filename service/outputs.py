"""Files for others: extracts, report cards, templates, and lists as CSV."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from service.scope import LOCAL, Scope
from warehouse.errors import BadInput, CasebookFailed, WarehouseError
from warehouse.home import Home
from warehouse.spreadsheets import spreadsheet
from warehouse.spreadsheets.spreadsheet import ENCODING as ENCODING
from warehouse.spreadsheets.workbook import Column as Column
from warehouse.spreadsheets.workbook import Kind as Kind
from warehouse.spreadsheets.workbook import Sheet as Sheet
from warehouse.spreadsheets.workbook import cell as cell
from warehouse.spreadsheets.workbook import workbook_bytes as workbook_bytes

if TYPE_CHECKING:
    from warehouse.outputs.digest.writing import Digest as Digest
    from warehouse.outputs.reclassification.writing import Report as Report


@dataclass(frozen=True)
class Handed:
    """That files are handed over: by whom, why and when."""

    by: str
    why: str
    now: datetime


def write_extracts(
    home: Home, out: Path, incubator: str | None, *, lang: str = "zh", handed: "Handed | None" = None
) -> list[Path]:
    """The CSV list and the workbook of one incubator or of all, each with its side file, of the current release.

    With ``handed`` each workbook that is not in the log for this release is logged as delivered. Raises ``BadInput``
    for an unknown name, and ``CasebookFailed`` before anything is written where it cannot be logged; without
    ``handed`` workbooks then state that changes are not known.
    """
    from service.extracts.deliveries import fault_of
    from service.extracts.extracts import Extracts
    from warehouse.outputs import incubators
    from warehouse.release import releases

    if handed is not None and (fault := fault_of(home)):
        raise _not_handed(fault)
    paths = incubators.write_extracts(releases.current(home), out, incubator)
    with releases.Published(home).at_once() as release:
        desk = Extracts(home, Scope(handed.by if handed else LOCAL, LOCAL, "zone"), release)
        for row in desk.incubators():
            if incubator in (None, row["incubator"]):
                extract = desk.extract(row["incubator"], lang)
                if handed is not None and not row["is_delivered"]:
                    desk.deliver(row["incubator"], lang, row["incubator"], handed.why, handed.now, None)
                for name, content in ((extract.side_name, extract.side), (extract.name, extract.workbook)):
                    incubators.replace(out / name, content)
                paths.append(out / extract.name)
    return paths


def _not_handed(fault: WarehouseError) -> CasebookFailed:
    """That nothing is handed over, since no log could be kept of it, and both ways out."""
    zh, en, detail = fault.args
    return CasebookFailed(
        f"没有交付，也没有写出文件，因为交付须记入工作记录：{zh}；修好后重新交付，"
        "急用时用 tidu extract 不加 --by 先写出本期（变化一栏标为不明）",
        f"nothing was handed over or written, since a delivery goes into the casebook: {en}; hand over once it is"
        " mended; meanwhile tidu extract without --by writes this release, its changes not known",
        detail,
    )


def write_report_cards(home: Home, out: Path) -> list[Path]:
    """A page and a CSV for every supplier of the current release, with the trend over those before."""
    from warehouse.outputs import report_cards
    from warehouse.release import releases

    paths = [Path(release.path) for release in releases.releases(home)]
    return report_cards.write_cards(paths or [releases.current(home)], out)


def write_digest(home: Home, day: date, within: int) -> "Digest":
    """The digests of the week of a day, as ``digest.writing``; raises ``Busy`` while a run writes."""
    from warehouse.outputs.digest import writing
    from warehouse.release.lock import writer

    with writer(home):
        return writing.write_digest(home, day, within)


def reclassify(home: Home, day: date, rules_day: date) -> "Report":
    """The firms of a day by the rules of then and of another day; raises ``Busy`` while a run writes."""
    from warehouse.outputs.reclassification import writing
    from warehouse.release.lock import writer

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


def write_csv(file: TextIO, columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> int:
    """Rows as CSV, and how many; ``columns`` maps names to headings. What a spreadsheet would run is neutralised."""
    return spreadsheet.write_csv(file, columns, rows)
