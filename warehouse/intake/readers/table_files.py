"""The tables of a file, cached as Parquet and JSON: a folder per file, written atomically."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from warehouse.intake.readers.grid import Remark
from warehouse.intake.readers.non_data import SCHEMA
from warehouse.intake.readers.table import Table

UNREADABLE = (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError)
"""Errors on reading a damaged cache; the file is then read again."""


def write_tables(tables: Sequence[Table], folder: Path) -> None:
    """Write to a temporary folder and rename it; a partial folder of a killed process is replaced."""
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    for number, table in enumerate(tables):
        table.rows.write_parquet(part / f"{number}.rows.parquet", compression_level=1, statistics=False)
        head = {name: value for name, value in vars(table).items() if name not in ("rows", "non_data")}
        head["remarks"] = [vars(remark) for remark in table.remarks]
        head["non_data"] = table.non_data.rows()  # few: a second file of Parquet would take longer than the text
        (part / f"{number}.json").write_text(json.dumps(head, ensure_ascii=False), "utf-8")
    part.rename(folder)


def cached_tables(folder: Path) -> list[Table]:
    """The tables of a cache folder; raises one of ``UNREADABLE`` where it is damaged."""
    heads = sorted(folder.glob("*.json"), key=lambda path: int(path.stem))
    if not heads:
        raise FileNotFoundError(folder)
    return [_cached_table(head) for head in heads]


def _cached_table(head: Path) -> Table:
    content = json.loads(head.read_text("utf-8"))
    content["remarks"] = tuple(Remark(**remark) for remark in content["remarks"])
    content["non_data"] = pl.DataFrame(content["non_data"], schema=SCHEMA, orient="row")
    return Table(**content, rows=pl.read_parquet(head.with_name(f"{head.stem}.rows.parquet")))
