"""What would be done with a file, without doing it: read, typed and checked in a folder that is gone afterwards."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from service.queries.files.file_words import is_of_no_data
from tiers.places import places
from warehouse import recipe
from warehouse.database.build import Build
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.intake import landing, load
from warehouse.intake.feed import Feed, load_feeds
from warehouse.intake.inbox import shown
from warehouse.intake.readers.names import kinds
from warehouse.intake.readers.process import Reader
from warehouse.intake.readers.table import Table

_FINDINGS = """
    select rule_id, severity, field, count(*) as rows, min(row_no) as first_row, arg_min(value, row_no) as first_value,
        arg_min(message_zh, row_no) as message_zh, arg_min(message_en, row_no) as message_en
    from quarantine group by rule_id, severity, field
    order by list_position(['reject', 'quarantine', 'hold', 'warn', 'inform'], severity), rule_id, field"""


@dataclass
class Preview:
    """A file as one feed would take it; ``refused`` is empty where it would be taken."""

    file_name: str
    feed: str
    title_zh: str
    title_en: str
    use: str
    refused: dict[str, str] = field(default_factory=dict)
    encoding: str = ""
    money_unit: str | None = None
    stated: str = ""
    sheets: list[dict[str, Any]] = field(default_factory=list)
    rows_read: int = 0
    rows_loaded: int = 0
    rows_not_data: int = 0
    rows_waiting: int = 0
    findings: list[dict[str, Any]] = field(default_factory=list)


def preview(path: Path, name: str | None, now: datetime) -> list[Preview]:
    """One preview for each feed the file belongs to, or for the feed of this name."""
    return [_preview(path, feed, now) for feed in _feeds(path, name)]


def _feeds(path: Path, name: str | None) -> list[Feed]:
    feeds = load_feeds()
    if not _is_file(path):
        raise BadInput(
            f"{path}: 没有这个文件，或不是普通文件", f"{path}: there is no such file, or it is no ordinary file"
        )
    if name and name not in feeds:
        raise BadInput(f"没有来源 {name}；tidu feeds 列出全部", f"there is no feed {name}; tidu feeds lists all")
    fitting = [feeds[name]] if name else landing.feeds_of(path, path.absolute().parent.name, feeds)
    if not fitting:
        shown_name = shown(path.name)
        raise BadInput(
            f"{shown_name}: 文件名不属于任何来源；请按 tidu feeds 所列命名，放入以来源命名的文件夹，或用 --feed 指定",
            f"{shown_name}: the name fits no feed; name it as tidu feeds says, "
            "put it into a folder named after the feed, or give --feed",
        )
    return fitting


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name too long for any file, a folder that may not be looked into
        return False


def _preview(path: Path, feed: Feed, now: datetime) -> Preview:
    result = Preview(shown(path.name), feed.name, feed.title.zh, feed.title.en, feed.use)
    with TemporaryDirectory(prefix="tidu-check-") as folder:
        home = Home(Path(folder))
        delivery = landing.keep(path, feed, home, 1, now)
        with Build.open(home.builds / "check.duckdb") as build:
            rejections = recipe.load_rows(build, home, [delivery])
            if rejections:
                zh, en = rejections[0].operator or ("", "")
                operator = {"operator_zh": zh, "operator_en": en} if zh else {}
                result.refused = {"zh": rejections[0].message_zh, "en": rejections[0].message_en, **operator}
                return result
            with Reader() as reader:
                tables = load.tables_of(reader, home, feed, delivery)
            result.sheets = [_sheet(table, feed) for table in tables if table.headings]
            _check(build, now.date())
            _count(build, result)
    return result


def _sheet(table: Table, feed: Feed) -> dict[str, Any]:
    """Sheet, head and mapping: each heading as written, our column, its type and unit."""
    columns = [
        {
            "heading": heading,
            "column": name,
            "type": feed.columns[name].type,
            "unit": feed.columns[name].unit or (table.money_unit if feed.columns[name].type == "money" else None),
        }
        for name, heading in table.headings.items()
    ]
    return {"sheet": table.sheet, "head_row": table.head_row, "rows": table.rows.height, "columns": columns}


def _check(build: Build, day: date) -> None:
    """Staging, unit guard and checks as in a run, with nothing decided yet; what would be proposed is kept nowhere."""
    recipe.write_staging_inputs(build, [], recipe.Parameters(day, day, places().country, "check"))
    recipe.build_staging(build)
    recipe.preview_staging(build)


def _count(build: Build, result: Preview) -> None:
    for delivery in build.rows("select encoding, money_unit, stated, rows_read from deliveries"):
        result.encoding, result.money_unit = delivery["encoding"], delivery["money_unit"]
        result.stated, result.rows_read = delivery["stated"], delivery["rows_read"]
    for account in build.rows("select rows_loaded, rows_not_data from accounts"):
        result.rows_loaded, result.rows_not_data = account["rows_loaded"], account["rows_not_data"]
    result.rows_waiting = result.rows_read - result.rows_loaded - result.rows_not_data
    result.findings = [_in_both(finding) for finding in build.rows(_FINDINGS)]


def _in_both(finding: dict[str, Any]) -> dict[str, Any]:
    """The finding with its first value in both languages: of page text the words of its kind, else as it stands."""
    value = finding["first_value"]
    zh, en = kinds().get(value, (value, value)) if is_of_no_data(finding["rule_id"]) else (value, value)
    return {**finding, "first_value_zh": zh, "first_value_en": en}
