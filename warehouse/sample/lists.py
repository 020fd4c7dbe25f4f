"""Recognition lists as attached to notices: a title, merged cells, names with varying brackets, a footer."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from warehouse.sample.drawn import drawn
from warehouse.sample.firms import Bucket
from warehouse.sample.forms import part, renamed
from warehouse.sample.name_variants import as_listed
from warehouse.sample.office_files import write_xlsx
from warehouse.sample.truth import Truth

LISTS = drawn("lists")


def write_lists(folder: Path, bucket: Bucket, truth: Truth) -> None:
    """Write the lists of five years; not all who qualify apply, and not all holders qualify."""
    write = partial(_write, folder, bucket, truth)
    firms = bucket.firms.filter(pl.col("founded_on").dt.year() < LISTS["founded_before"])
    research = firms.filter(pl.col("profile").is_in(["research", "fast", "large", "star"]))
    for year, day in LISTS["granted_on"].items():
        is_turn = (pl.col("index") % 5 == year % 5) & (pl.col("applied") < LISTS["granted"]["applied_below"])
        granted = research.filter(is_turn & _founded_before(f"{year - 1}{day.isoformat()[4:]}"))
        write(LISTS["granted"], day, granted, _certificates(granted, year))
        if year == LISTS["ended"]["granted_in"]:
            ended = granted.filter(pl.col("luck") > LISTS["ended"]["luck_above"])
            write(LISTS["ended"], LISTS["ended"]["day"], ended)
            _write_renamed(folder, bucket, granted.filter(pl.col("luck") < LISTS["renamed"]["luck_below"]))
    proposed = LISTS["proposed"]
    is_proposed = (pl.col("index") % 5 == 1) & (pl.col("applied") < proposed["applied_below"])
    write(proposed, proposed["day"], research.filter(is_proposed))
    _write_entered(write, bucket)
    for by_profile in LISTS["by_profile"]:
        listed = firms.filter(
            (pl.col("profile") == by_profile["profile"]) & (pl.col("applied") < by_profile["applied_below"])
        )
        if "half" in by_profile:
            listed = listed.filter(pl.col("index") % 2 == by_profile["half"])
        write(by_profile, by_profile["day"], listed)


def _write_entered(write: Callable[..., None], bucket: Bucket) -> None:
    """Lists of small firms, which enter anew each year."""
    of = LISTS["entered"]
    small = bucket.firms.filter(pl.col("profile").is_in(["ordinary", "research", "fast"]) & (pl.col("class2") > 1))
    for day in of["days"]:
        is_entered = (pl.col("applied") + pl.col("luck") + day.year * 0.31) % 1 < of["below"]
        entered = small.filter(is_entered, _founded_before(day.isoformat()))
        write(of, day, entered, _entries(entered, day.isoformat()))


def _founded_before(day: str) -> pl.Expr:
    return pl.col("founded_on") < pl.lit(day).str.to_date()


def _certificates(firms: pl.DataFrame, year: int) -> list[str]:
    return [f"GR{year}33{index % 1_000_000:06d}" for index in firms["index"].to_list()]


def _entries(firms: pl.DataFrame, day: str) -> list[str]:
    rows = zip(firms["index"].to_list(), firms["division"].to_list(), strict=True)
    return [f"{day[:4]}{division}A8{index % 1_000_000:06d}" for index, division in rows]


def _write(
    folder: Path,
    bucket: Bucket,
    truth: Truth,
    of: Mapping[str, Any],
    day: date,
    firms: pl.DataFrame,
    numbers: Sequence[str] = (),
) -> None:
    """Write 附件, title, header, rows by district with merged cells, footer; no file for an empty list."""
    firms = firms.with_row_index("place").filter(pl.col("founded_on") < day)
    if firms.is_empty():
        return
    firms = firms.sort("division", "index")
    heads = [
        "序号",
        "所在区",
        "企业名称",
        *([of.get("number", "证书编号")] if numbers else []),
    ]
    rows: list[list[Any]] = [["附件"], [f"{of['title']}（{day.year}年）"], [], heads]
    merged, start, mentions = [], len(rows), []
    path = _path(folder, bucket, of, day)
    districts = firms["division"].to_list()
    for number, firm in enumerate(firms.iter_rows(named=True), 1):
        name, variant = as_listed(firm["name"], firm["index"])
        mentions.append((path.parent.name, path.name, len(rows) + 1, name, firm["uscc"], variant))
        rows.append([number, "", name, *([numbers[firm["place"]]] if numbers else [])])
    first = 0
    for at in range(1, len(districts) + 1):
        if at == len(districts) or districts[at] != districts[first]:
            name = f"区划{districts[first]}"
            if at - first > 1:
                merged.append((start + first, start + at - 1, 1, name))
            else:
                rows[start + first][1] = name
            first = at
    rows.append([f"共 {len(districts)} 家"])
    truth.mentions(mentions)
    write_xlsx(path, rows, merged)


def _path(folder: Path, bucket: Bucket, of: Mapping[str, Any], day: date) -> Path:
    return folder / f"recognition__{of['feed']}" / f"{of['title']}_{day}_{of['event']}{part(bucket)}.xlsx"


def _write_renamed(folder: Path, bucket: Bucket, firms: pl.DataFrame) -> None:
    of = LISTS["renamed"]
    if firms.is_empty():
        return
    rows: list[list[Any]] = [
        ["附件"],
        [of["title"]],
        ["序号", "原名称", "现名称", "证书编号"],
    ]
    numbers = _certificates(firms, LISTS["ended"]["granted_in"])
    for number, firm in enumerate(firms.iter_rows(named=True), 1):
        rows.append([number, firm["name"], renamed(firm["name"]), numbers[number - 1]])
    write_xlsx(_path(folder, bucket, of, of["day"]), rows)
