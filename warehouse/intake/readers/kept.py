"""What a file gave, kept as Parquet: one folder a file, there whole or not at all."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from warehouse.intake.readers.grid import Remark
from warehouse.intake.readers.table import Table

UNREADABLE = (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError)
"""What reading a kept table raises where it was cut short or written over: it is then made again."""


def write_tables(tables: Sequence[Table], folder: Path) -> None:
    """Write beside the folder and rename; what a killed process left half is replaced."""
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    for number, table in enumerate(tables):
        table.rows.write_parquet(part / f"{number}.rows.parquet")
        table.aside.write_parquet(part / f"{number}.aside.parquet")
        head = {name: value for name, value in vars(table).items() if name not in ("rows", "aside")}
        head["remarks"] = [vars(remark) for remark in table.remarks]
        (part / f"{number}.json").write_text(json.dumps(head, ensure_ascii=False), "utf-8")
    part.rename(folder)


def kept_tables(folder: Path) -> list[Table]:
    """The tables of a folder; raises one of ``UNREADABLE`` where it is damaged."""
    heads = sorted(folder.glob("*.json"), key=lambda path: int(path.stem))
    if not heads:
        raise FileNotFoundError(folder)
    return [_kept_table(head) for head in heads]


def _kept_table(head: Path) -> Table:
    content = json.loads(head.read_text("utf-8"))
    content["remarks"] = tuple(Remark(**remark) for remark in content["remarks"])
    rows, aside = (pl.read_parquet(head.with_name(f"{head.stem}.{part}.parquet")) for part in ("rows", "aside"))
    return Table(**content, rows=rows, aside=aside)
