"""Lists for incubators: one CSV each with its own tenants only, and a side file with its provenance."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from warehouse.database.build import Snapshot
from warehouse.errors import BadInput
from warehouse.outputs.file_names import paths_for
from warehouse.spreadsheets.spreadsheet import csv_bytes

ROWS = "select * exclude (firm_key, incubator) from mart_incubator__tenants where incubator = $1 order by firm_id"
LABELS = "select name, label_zh from ref_columns"


def write_extracts(release: Path, out: Path, incubator: str | None) -> list[Path]:
    """Write a CSV with its side file for one incubator or for all, named by ``file_stem``.

    Raises ``BadInput`` for an unknown incubator, and for two incubators with the same file name.
    """
    with Snapshot.open(release) as snapshot:
        known = snapshot.column(
            "select distinct incubator from core_firm__tenancies where incubator is not null order by 1"
        )
        if incubator is not None and incubator not in known:
            listed = "、".join(known) or "（无）"
            raise BadInput(
                f"没有名为“{incubator}”的孵化器；已知：{listed}",
                f"there is no incubator {incubator!r}; known: {listed}",
            )
        out.mkdir(parents=True, exist_ok=True)
        about, headings = _about(snapshot), _headings(snapshot)
        paths = paths_for(out, known, ".csv")
        return [
            _write(paths[name], name, snapshot.rows(ROWS, [name]), headings, about)
            for name in ([incubator] if incubator is not None else known)
        ]


def _headings(snapshot: Snapshot) -> dict[str, str]:
    """The heading of each column of an extract, in their order."""
    labels = dict(snapshot.tuples(LABELS))
    columns = snapshot.columns("mart_incubator__tenants")
    return {name: labels[name] for name in columns if name not in ("incubator", "firm_key")}


def _write(
    path: Path, incubator: str, rows: list[dict[str, Any]], headings: dict[str, str], about: dict[str, Any]
) -> Path:
    content = csv_bytes(headings, ({**row, "firm_id": as_text(row["firm_id"])} for row in rows))
    side = {
        **about,
        "columns": {heading: name for name, heading in headings.items()},
        "incubator": incubator,
        "file": path.name,
        "rows": len(rows),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    replace(
        path.with_suffix(".json"),
        json.dumps(side, ensure_ascii=False, indent=1, default=str).encode(),
    )
    replace(path, content)
    return path


def as_text(code: str) -> str:
    """The code with a tab before it where Excel would read it as a number and lose digits."""
    return f"\t{code}" if re.fullmatch(r"\d+(E\d+)?", code) else code


def replace(path: Path, content: bytes) -> None:
    """Write a file aside, so that it appears whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def _about(snapshot: Snapshot) -> dict[str, Any]:
    """The run, its day and place, and the editions that decide a designation."""
    run = snapshot.rows("select run_id as run, day as as_of, place from run")
    editions = snapshot.rows(
        "select distinct e.edition_id as edition, e.title_zh as title, e.document, e.number, e.confidence"
        " from ref_editions as e inner join ref_verdict_columns as v using (edition_id) where v.is_selected order by 1"
    )
    return {
        **run[0],
        "editions": editions,
    }
