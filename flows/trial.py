"""Trying things out on what is published, without touching it: other figures of a firm, another edition for all."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from flows.finding import find_firm
from flows.worth import worth_rows
from tiers import Edition, evaluate, load_rulebook
from tiers.condition import Leaf
from tiers.errors import TierError
from tiers.facts import label
from tiers.loading import read_edition
from tiers.statement import stated
from tiers.step import Change, smallest_step
from warehouse import release, replay, rulebook
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import Published

Row = dict[str, Any]


def what_if(home: Home, words: str, changes: Iterable[str], day: date | None) -> Row:
    """The verdicts of a firm as it is and as it would be with other figures, edition by edition.

    Raises ``BadInput`` where the firm, a figure's name or its value cannot be understood.
    """
    published = Published(home)
    run = published.query("select day, place from mart_run__summary")[0]
    asked, firm = day or run["day"], find_firm(published, words)
    facts = replay.facts_on(release.current(home), firm["firm_id"], asked)
    if facts.is_empty():
        raise BadInput(f"{asked} 时还没有这家企业：{words}", f"on {asked} there was no such firm yet: {words}")
    changed = facts.with_columns(**{name: _typed(facts, name, value) for name, value in map(_change, changes)})
    editions = load_rulebook().in_force(asked, run["place"])
    before, after = (_told(evaluate(frame, editions, asked)) for frame in (facts, changed))
    rows = [{**now, "before": then["outcome"]} for then, now in zip(before, after, strict=True)]
    return {"firm": firm, "day": asked, "changes": list(changes), "verdicts": rows}


def step(home: Home, words: str, designation: str) -> Row:
    """What would have to change for a firm to meet the edition that decides a designation, and the answer then.

    Raises ``BadInput`` where no edition in force decides it.
    """
    published, book = Published(home), load_rulebook()
    run = published.query("select day, place from mart_run__summary")[0]
    firm = find_firm(published, words)
    editions = [one for one in book.selected(run["day"], run["place"]) if one.designation == designation]
    if not editions:
        raise BadInput(
            f"{run['day']} 没有 {designation} 的现行规定", f"on {run['day']} no edition decides {designation}"
        )
    edition = editions[0]
    facts = replay.facts_on(release.current(home), firm["firm_id"], run["day"])
    found = smallest_step(facts, edition, run["day"])
    conditions = {leaf.id: leaf for leaf in edition.conditions.leaves()}
    return {
        "firm": firm,
        "edition": edition.id,
        "outcome": found.outcome,
        "route": found.route,
        "changes": _changes(found.changes, conditions),
        "is_proven": found.is_proven,
        "others": [
            {"outcome": way.outcome, "route": way.route, "changes": _changes(way.changes, conditions)}
            for way in found.others
        ],
        "blocked_by": found.blocked_by,
        "blocked_zh": conditions[found.blocked_by].zh if found.blocked_by else None,
        "blocked_en": conditions[found.blocked_by].en if found.blocked_by else None,
        "worth": worth_rows(designation, facts.row(0, named=True), run["day"]),
    }


def _changes(changes: Iterable[Change], conditions: Mapping[str, Leaf]) -> list[Row]:
    return [
        {
            **vars(one),
            **{lang: label(one.fact, lang) for lang in ("zh", "en")},
            "condition_zh": conditions[one.condition].zh,
            "condition_en": conditions[one.condition].en,
            "clause": conditions[one.condition].clause,
        }
        for one in changes
    ]


def _change(text: str) -> tuple[str, Any]:
    name, sign, value = text.partition("=")
    if not sign:
        raise BadInput(
            f"请写成 名称=值，例如 revenue_y0=5200万元：{text}", f"write name=value, as in revenue_y0=5200万元: {text}"
        )
    try:
        return stated(name.strip(), value.strip())
    except TierError as error:
        raise BadInput(str(error)) from error


def _typed(facts: pl.DataFrame, name: str, value: object) -> pl.Expr:
    return pl.lit(value).cast(facts.schema[name])


def _told(result: Any) -> list[Row]:
    """Verdicts with the words of the condition that decides."""
    tables = load_rulebook().tables()
    conditions = tables["ref_conditions"].select("edition_id", "condition_id", "zh", "en", "clause")
    titles = tables["ref_editions"].select("edition_id", "title_zh", "title_en")
    rows: list[Row] = (
        result.verdicts.join(titles, on="edition_id", how="left", maintain_order="left")
        .join(
            conditions,
            left_on=["edition_id", "deciding_condition"],
            right_on=["edition_id", "condition_id"],
            how="left",
            maintain_order="left",
        )
        .to_dicts()
    )
    return rows


def edition_of(name: str) -> Edition:
    """An edition by its id, or a draft by its file (``…/<designation>/<place>/<edition>.yml``)."""
    try:
        return read_edition(Path(name)) if name.endswith((".yml", ".yaml")) else load_rulebook().edition(name)
    except (TierError, FileNotFoundError) as error:
        raise BadInput(str(error)) from error


def impact(home: Home, first: str, second: str) -> Row:
    """What changes for every firm of the current release when the second edition takes the place of the first."""
    editions = [edition_of(first), edition_of(second)]
    current, day = release.current(home), Published(home).query("select day from mart_run__summary")[0]["day"]
    parts = [_compared(rulebook.facts(current, bucket), editions, day) for bucket in rulebook.buckets(current)]
    firms = pl.concat(parts)
    counts = firms.group_by("change").len("firms").sort("change")
    why = (
        firms.filter(pl.col("change").is_in(["lost", "undecidable"]))
        .group_by("change", "deciding_condition")
        .len("firms")
        .sort("change", "firms", descending=[False, True])
    )
    gained = firms.filter(pl.col("change") == "gained").group_by("deciding_before").len("firms")
    return {
        "first": editions[0].id,
        "second": editions[1].id,
        "day": day,
        "counts": dict(counts.rows()),
        "conditions": why.rename({"deciding_condition": "condition"}).to_dicts()
        + [{"change": "gained", "condition": row[0], "firms": row[1]} for row in gained.rows()],
        "firms": firms.filter(pl.col("change") != "unchanged").sort("change", "firm_id").to_dicts(),
    }


def _compared(facts: pl.DataFrame, editions: list[Edition], day: date) -> pl.DataFrame:
    facts = facts.filter(pl.col("day") == day)
    before, after = (evaluate(facts, [edition], day).verdicts for edition in editions)
    both = pl.DataFrame(
        {
            "firm_id": before["firm_id"],
            "before": before["outcome"],
            "after": after["outcome"],
            "deciding_before": before["deciding_condition"],
            "deciding_condition": after["deciding_condition"],
        }
    )
    was, now = pl.col("before") == "met", pl.col("after") == "met"
    change = (
        pl.when(pl.col("before") == pl.col("after"))
        .then(pl.lit("unchanged"))
        .when(now)
        .then(pl.lit("gained"))
        .when(pl.col("after") == "unknown")
        .then(pl.lit("undecidable"))
        .when(was)
        .then(pl.lit("lost"))
        .otherwise(pl.lit("otherwise"))
    )
    return both.with_columns(change=change)
