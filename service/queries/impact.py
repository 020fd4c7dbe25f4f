"""What another edition, or a draft, would change for every firm of the current release; nothing is written."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from tiers import Edition, evaluate, load_rulebook
from tiers.columns.outcome import CODE, JUDGEMENT
from tiers.errors import TierError
from tiers.schema.loader import read_edition
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published
from warehouse.rule_exchange import exchange

Row = dict[str, Any]


def edition_of(name: str) -> Edition:
    """An edition by its id, or a draft by its file (``…/<designation>/<place>/<edition>.yml``)."""
    try:
        return read_edition(Path(name)) if name.endswith((".yml", ".yaml")) else load_rulebook().edition(name)
    except FileNotFoundError as error:
        raise BadInput(f"没有这个文件：{name}", f"there is no such file: {name}") from error
    except TierError as error:
        raise BadInput(str(error)) from error


def impact(home: Home, first: str, second: str, with_unchanged: bool = False) -> Row:
    """What changes for every firm of the current release when the second edition takes the place of the first.

    ``firms`` are those that change, by name; with ``with_unchanged`` all. Raises ``BadInput``.
    """
    editions = [edition_of(first), edition_of(second)]
    with Published(home).whole() as release:
        day = release.value("select day from mart_run__summary")
        parts = [_compared(exchange.facts(release, share), editions, day) for share in exchange.buckets(release)]
        named = release.frame("select firm_id, name from core_firm")
    firms = pl.concat(parts).join(_words(editions), on=["decided_by", "condition"], how="left")
    kept = firms if with_unchanged else firms.filter(pl.col("change") != "unchanged")
    return {
        "first": editions[0].id,
        "second": editions[1].id,
        "day": day,
        "counts": dict(firms.group_by("change").len().sort("change").rows()),
        "conditions": firms.filter(pl.col("change") != "unchanged")
        .group_by("change", "condition", "zh", "en", "clause", "decided_by")
        .len("firms")
        .sort("change", "firms", "condition", descending=[False, True, False])
        .to_dicts(),
        "firms": kept.join(named, on="firm_id", how="left").sort("change", "firm_id").to_dicts(),
    }


def _compared(facts: pl.DataFrame, editions: Sequence[Edition], day: date) -> pl.DataFrame:
    """One row a firm: both answers, the change, and the condition that did it.

    Judgement counts as being there: everything that can be counted is met. The condition is the one that decides where
    the firm is not there: by the second edition, or for a firm that gains by the first.
    """
    facts = facts.filter(pl.col("day") == day)
    before, after = (evaluate(facts, [edition], day).verdicts for edition in editions)
    both = before.select("firm_id", before="outcome", first="deciding_condition").with_columns(
        after.select(after="outcome", second="deciding_condition", missing_fact="missing_fact")
    )
    was, now = (pl.col(name).replace_strict(CODE, return_dtype=pl.Int8) >= JUDGEMENT for name in ("before", "after"))
    change = (
        pl.when(pl.col("before") == pl.col("after"))
        .then(pl.lit("unchanged"))
        .when(~was & now)
        .then(pl.lit("gained"))
        .when(pl.col("after") == "unknown")
        .then(pl.lit("undecidable"))
        .when(was & ~now)
        .then(pl.lit("lost"))
        .otherwise(pl.lit("otherwise"))
    )
    by_first = pl.col("change") == "gained"
    return (
        both.with_columns(change=change)
        .with_columns(
            condition=pl.when(by_first).then("first").otherwise("second"),
            decided_by=pl.when(by_first).then(pl.lit("first")).otherwise(pl.lit("second")),
        )
        .select("firm_id", "before", "after", "change", "condition", "decided_by", "missing_fact")
    )


def _words(editions: Sequence[Edition]) -> pl.DataFrame:
    """What the conditions of both editions say, and where."""
    rows = [
        {"decided_by": by, "condition": leaf.id, "zh": leaf.zh, "en": leaf.en, "clause": leaf.clause}
        for by, edition in zip(("first", "second"), editions, strict=True)
        for leaf in edition.leaves()
    ]
    return pl.DataFrame(rows)
