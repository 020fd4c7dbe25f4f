"""Lists for incubators: one CSV each with its own tenants only, and a side file that says what it is."""

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

from warehouse.database import Connection, reading
from warehouse.errors import BadInput
from warehouse.outputs.file_names import paths_for
from warehouse.spreadsheet import neutral

ROWS = "select * exclude (incubator) from mart_incubator__tenants where incubator = $1 order by firm_id"
LABELS = "select name, label_zh from ref_columns"


def write_extracts(release: Path, out: Path, incubator: str | None) -> list[Path]:
    """Write a CSV with its side file for one incubator or for all, named by ``file_stem``.

    Raises ``BadInput`` on a name nobody has, and where two incubators' files would have one name.
    """
    with reading(release) as con:
        known = [
            row[0]
            for row in con.execute(
                "select distinct incubator from core_firm__tenancies where incubator is not null order by 1"
            ).fetchall()
        ]
        if incubator is not None and incubator not in known:
            listed = "、".join(known) or "（无）"
            raise BadInput(
                f"没有名为“{incubator}”的孵化器；已知：{listed}",
                f"there is no incubator {incubator!r}; known: {listed}",
            )
        out.mkdir(parents=True, exist_ok=True)
        about = _about(con)
        paths = paths_for(out, known, ".csv")
        return [_write(con, paths[name], name, about) for name in ([incubator] if incubator is not None else known)]


def _write(con: Connection, path: Path, incubator: str, about: dict[str, Any]) -> Path:
    tenants = con.execute(ROWS, [incubator])
    names = [column[0] for column in tenants.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in tenants.fetchall()]
    labels = dict(con.execute(LABELS).fetchall())
    headings = {name: labels[name] for name in names}
    content = _csv(rows, headings)
    side = {
        **about,
        "columns": {heading: name for name, heading in headings.items()},
        "incubator": incubator,
        "file": path.name,
        "rows": len(rows),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    _replace(
        path.with_suffix(".json"),
        json.dumps(side, ensure_ascii=False, indent=1, default=str).encode(),
    )
    _replace(path, content)
    return path


def _csv(rows: list[dict[str, Any]], headings: dict[str, str]) -> bytes:
    """UTF-8 with BOM; a credit code is a text to Excel by its letters, an all-digit one by a leading tab."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings.values())
    for row in rows:
        row["firm_id"] = as_text(row["firm_id"])
        writer.writerow(neutral(row[name]) for name in headings)
    return text.getvalue().encode("utf-8-sig")


def as_text(code: str) -> str:
    """A code that Excel would take for a number (or for one in E notation) keeps its digits behind a tab."""
    return f"\t{code}" if re.fullmatch(r"\d+(E\d+)?", code) else code


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def _about(con: Connection) -> dict[str, Any]:
    """The day, the run, and the editions that decide a designation."""
    run = con.execute("select run_id, day, place from run").fetchone() or ("", "", "")
    editions = con.execute(
        "select distinct e.edition_id, e.title_zh, e.document, e.number, e.confidence from ref_editions as e"
        " inner join ref_verdict_columns as v using (edition_id) where v.is_selected order by 1"
    ).fetchall()
    return {
        "run": run[0],
        "as_of": run[1],
        "place": run[2],
        "editions": [
            dict(zip(("edition", "title", "document", "number", "confidence"), row, strict=True)) for row in editions
        ],
    }
