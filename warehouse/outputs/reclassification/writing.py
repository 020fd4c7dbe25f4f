"""The report of a reclassification: a folder below ``reports/``, written aside and published by one rename.

``then.csv``, ``today.csv``: a row a firm with its verdict on every designation; ``differences.csv``: a row a firm and
designation on which the two differ, with the condition that decides; ``reclassification.json``: editions and counts.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from tiers.columns.outcome import CODE, JUDGEMENT
from tiers.schema.edition import Edition
from warehouse.database.build import Snapshot
from warehouse.home import Home
from warehouse.outputs.reclassification.evaluation import Rules, evaluated, facts_of, rules_of
from warehouse.release import pointer, releases
from warehouse.release.run_files import remove
from warehouse.rows import Row
from warehouse.spreadsheets.spreadsheet import csv_bytes, frame_lines

SIDE_FILE = "reclassification.json"
DIFFERENCES = {
    "firm_id": "统一社会信用代码 credit code",
    "name": "企业名称 name",
    "designation": "称号 designation",
    "designation_zh": "称号名称 name of it",
    "change": "变化 change",
    "outcome_then": "当时规则 rules of then",
    "outcome_today": "现行规则 rules of today",
    "edition_then": "当时版本 edition then",
    "edition_today": "现行版本 edition today",
    "condition_zh": "起决定作用的条件",
    "condition_en": "deciding condition",
    "clause": "条款 clause",
}
_NAMES = "select firm_id, name from core_firm"
_DESIGNATIONS = "select designation, zh as designation_zh from ref_designations"


@dataclass(frozen=True)
class Report:
    """A report: its folder, whether it was written now, and the content of ``SIDE_FILE``."""

    folder: Path
    is_new: bool
    about: Row


def reclassify(home: Home, day: date, rules_day: date) -> Report:
    """All firms of ``day`` by the rules of then and of ``rules_day``, from the current release; once for each of these.

    Raises ``NoRelease``; the caller has the writer's lock.
    """
    release = releases.current(home)
    name = f"reclassification-{day}-by-{rules_day}-{release.stem}"
    folder = home.reports / name
    if not folder.exists():
        part = home.reports / f".{name}.part"
        remove(part)
        part.mkdir()
        _write(part, release, home.builds / f"{name}.duckdb", day, rules_day)
        part.rename(folder)
        pointer.flush(home.reports)
        return Report(folder, is_new=True, about=_about(folder))
    return Report(folder, is_new=False, about=_about(folder))


def _about(folder: Path) -> Row:
    about: Row = json.loads((folder / SIDE_FILE).read_text("utf-8"))
    return about


def _write(part: Path, release: Path, scratch: Path, day: date, rules_day: date) -> None:
    with Snapshot.open(release) as snapshot:
        (run,) = snapshot.rows("select run_id, place from run")
        names, designations = snapshot.frame(_NAMES), snapshot.frame(_DESIGNATIONS)
    rules = rules_of(run["place"], day, rules_day)
    known = names, designations, _conditions(rules)
    counts: Counter[tuple[str, str]] = Counter()
    differing: set[str] = set()
    firms = 0
    files = _begun(part, rules)
    with facts_of(release, day, scratch) as facts:
        for then, today in evaluated(facts, rules):
            firms += then["firm_id"].n_unique()
            for name, verdicts in (("then", then), ("today", today)):
                _append(files[name], _wide(verdicts, names, designations_of(rules, name)))
            differences = _differences(then, today, *known)
            _append(files["differences"], differences.select(*DIFFERENCES))
            counts.update(differences.select("designation", "change").iter_rows())
            differing |= set(differences["firm_id"])
    about = {
        **run,
        "day": day,
        "rules_day": rules_day,
        "firms": firms,
        "firms_that_differ": len(differing),
        "counts": [
            {"designation": name, "change": change, "firms": count} for (name, change), count in sorted(counts.items())
        ],
        "editions": {"then": _ids(rules.then), "today": _ids(rules.today)},
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files.values()},
    }
    (part / SIDE_FILE).write_text(json.dumps(about, ensure_ascii=False, indent=1, default=str) + "\n", "utf-8")
    for path in (*files.values(), part / SIDE_FILE):
        pointer.flush(path)


def _ids(editions: Iterable[Edition]) -> list[str]:
    return sorted(edition.id for edition in editions)


def designations_of(rules: Rules, name: str) -> list[str]:
    """The designations that the editions of ``then`` or ``today`` decide, in the order of their names."""
    return sorted({edition.designation for edition in getattr(rules, name)})


def _begun(part: Path, rules: Rules) -> dict[str, Path]:
    """The three files with their headings."""
    heads = {name: ["firm_id", "name", *designations_of(rules, name)] for name in ("then", "today")}
    headings = {name: {column: DIFFERENCES.get(column, column) for column in head} for name, head in heads.items()}
    headings["differences"] = DIFFERENCES
    files = {}
    for name, columns in headings.items():
        files[name] = part / f"{name}.csv"
        files[name].write_bytes(csv_bytes(columns, []))
    return files


def _append(path: Path, rows: pl.DataFrame) -> None:
    with path.open("ab") as file:
        file.write(frame_lines(rows))


def _wide(verdicts: pl.DataFrame, names: pl.DataFrame, designations: list[str]) -> pl.DataFrame:
    """A row a firm, a column a designation."""
    wide = verdicts.pivot(on="designation", on_columns=designations, index="firm_id", values="outcome")
    return wide.join(names, on="firm_id", how="left").select("firm_id", "name", *designations).sort("firm_id")


def _conditions(rules: Rules) -> pl.DataFrame:
    """Words and clause of every condition, by edition."""
    rows: dict[tuple[str, str], dict[str, Any]] = {
        (edition.id, leaf.id): {
            "edition_id": edition.id,
            "deciding_condition": leaf.id,
            "condition_zh": leaf.zh,
            "condition_en": leaf.en,
            "clause": leaf.clause,
        }
        for edition in (*rules.then, *rules.today)
        for leaf in edition.leaves()
    }
    return pl.DataFrame(list(rows.values()))


def _differences(
    then: pl.DataFrame, today: pl.DataFrame, names: pl.DataFrame, designations: pl.DataFrame, conditions: pl.DataFrame
) -> pl.DataFrame:
    """A row a firm and designation with two outcomes.

    Where only one of the days has an edition, the firms that meet it differ, and the other outcome is empty. The
    condition is the one that keeps the firm out: by the rules of then for a firm that gains, else by those of today.
    """
    both = then.join(today, on=["firm_id", "designation"], how="full", coalesce=True, suffix="_today")
    was, now = (
        pl.col(name).replace_strict(CODE, return_dtype=pl.Int8).fill_null(-1) >= JUDGEMENT
        for name in ("outcome", "outcome_today")
    )
    change = (
        pl.when(~was & now).then(pl.lit("gained")).when(was & ~now).then(pl.lit("lost")).otherwise(pl.lit("otherwise"))
    )
    by_then = (~was & now & pl.col("outcome").is_not_null()) | pl.col("outcome_today").is_null()
    return (
        both.filter((pl.col("outcome") != pl.col("outcome_today")) | (was ^ now))
        .with_columns(
            change=change,
            outcome_then="outcome",
            edition_then="edition_id",
            edition_today="edition_id_today",
            edition_id=pl.when(by_then).then("edition_id").otherwise("edition_id_today"),
            deciding_condition=pl.when(by_then).then("deciding_condition").otherwise("deciding_condition_today"),
        )
        .join(conditions, on=["edition_id", "deciding_condition"], how="left")
        .join(names, on="firm_id", how="left")
        .join(designations, on="designation", how="left")
        .sort("firm_id", "designation")
    )
