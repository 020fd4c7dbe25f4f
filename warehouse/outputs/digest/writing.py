"""The files of a digest: for each recipient a page, a text for the body of a mail, and a CSV with every row.

A digest is a folder of the outbox named by its week. It is written aside and appears by one rename: written again, the
same release gives the same bytes, and a writer that was killed leaves nothing that the next one does not replace.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from jinja2 import Environment, PackageLoader

from warehouse.home import Home
from warehouse.outputs.digest.content import COLUMNS, SECTIONS, Content, content
from warehouse.outputs.file_names import file_stem, paths_for
from warehouse.release import pointer, releases
from warehouse.release.run_files import remove
from warehouse.spreadsheets.spreadsheet import csv_bytes

SIDE_FILE = "digest.json"
SHOWN = 100
"""Rows of a section that a page and a text show; the CSV has every row."""
HEADINGS = {
    "section": "类别 section",
    "firm_id": "统一社会信用代码 credit code",
    "name": "名称 name",
    "due_on": "日期 date",
    "is_new": "上次之后新增 new since the last digest",
    "zh": "说明",
    "en": "in English",
}


@dataclass(frozen=True)
class Digest:
    """A digest of the outbox: its week, its folder, and whether it was written now."""

    week: str
    folder: Path
    is_new: bool


def week_of(day: date) -> str:
    """The ISO week of a day, as 2026-W27."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def write_digest(home: Home, day: date, within: int) -> Digest:
    """The digest of the week of ``day``, from the current release; what is due within so many days of its own day.

    A week that has its digest keeps it. Raises ``NoRelease``; the caller has the writer's lock.
    """
    week = week_of(day)
    folder = home.outbox / week
    if folder.exists():
        return Digest(week, folder, is_new=False)
    release = releases.current(home)
    last = _last(home, week)
    before = releases.path_of(home, last["run_id"]) if last else None
    day_of_release = releases.day_of(release)
    of_week = content(release, before, day_of_release + timedelta(days=within))
    part = home.outbox / f".{week}.part"
    remove(part)
    part.mkdir()
    about = {**of_week.run, "week": week, "within_days": within, "last": last, "is_compared": of_week.is_compared}
    recipients = [_write(part, about, *recipient) for recipient in _recipients(part, of_week)]
    side = json.dumps({**about, "recipients": recipients}, ensure_ascii=False, indent=1, default=str)
    (part / SIDE_FILE).write_text(side + "\n", "utf-8")
    pointer.flush(part / SIDE_FILE)
    part.rename(folder)
    pointer.flush(home.outbox)
    return Digest(week, folder, is_new=True)


def _last(home: Home, week: str) -> dict[str, Any] | None:
    """Week and run of the newest digest before a week; None for the first."""
    earlier = sorted(path.parent.name for path in home.outbox.glob(f"[0-9]*/{SIDE_FILE}") if path.parent.name < week)
    if not earlier:
        return None
    side = json.loads((home.outbox / earlier[-1] / SIDE_FILE).read_text("utf-8"))
    return {"week": side["week"], "run_id": side["run_id"]}


def _recipients(folder: Path, of_week: Content) -> Iterator[tuple[str, Path, pl.DataFrame]]:
    """Name, path without suffix, and rows: of the whole zone, then of every incubator."""
    yield "全区 the whole zone", folder / file_stem(f"{of_week.run['place']} 全区"), of_week.rows
    for name, path in paths_for(folder, of_week.incubators, "").items():
        yield name, path, of_week.of_incubator(name)


def _write(folder: Path, about: dict[str, Any], recipient: str, path: Path, rows: pl.DataFrame) -> dict[str, Any]:
    counts = dict(rows.group_by("section").len().rows())
    sections = [
        {
            "title_zh": zh,
            "title_en": en,
            "count": counts.get(section, 0),
            "rows": rows.filter(pl.col("section") == section).head(SHOWN).to_dicts(),
            "is_comparable": section != "change" or about["is_compared"],
        }
        for section, (zh, en) in SECTIONS.items()
    ]
    files = {
        ".html": _render("digest.html", about, recipient, sections),
        ".txt": _render("digest.txt", about, recipient, sections),
        ".csv": csv_bytes(HEADINGS, (_worded(row) for row in rows.select(*COLUMNS).iter_rows(named=True))),
    }
    hashes = {}
    for suffix, written in files.items():
        target = path.with_name(path.name + suffix)
        target.write_bytes(written)
        pointer.flush(target)
        hashes[target.name] = hashlib.sha256(written).hexdigest()
    return {
        "recipient": recipient,
        "counts": {section: counts.get(section, 0) for section in SECTIONS},
        "files": hashes,
    }


def _worded(row: dict[str, Any]) -> dict[str, Any]:
    new = {True: "是 yes", False: "否 no", None: ""}
    return {**row, "section": " ".join(SECTIONS[row["section"]]), "is_new": new[row["is_new"]]}


def _render(template: str, about: dict[str, Any], recipient: str, sections: list[dict[str, Any]]) -> bytes:
    page = Environment(
        loader=PackageLoader("warehouse.outputs", "digest"),
        autoescape=template.endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    ).get_template(template)
    return page.render(about=about, recipient=recipient, sections=sections, shown=SHOWN).encode()
