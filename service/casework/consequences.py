"""What a decision on a delivered row would change: the verdicts of its firm with the figures of the row put in.

Worked out on the facts of the release, for yearly figures of service feeds; the next run is what decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import polars as pl

from service.queries.files.rows import delivered
from service.queries.firm.replay import facts_on
from tiers import evaluate, load_rulebook
from tiers.errors import TierError
from tiers.fact_input import parse_fact
from warehouse.home import Home
from warehouse.intake.feed import Column, Feed, load_feeds
from warehouse.quality.quarantine.decisions import address
from warehouse.release import releases
from warehouse.release.releases import Reader
from warehouse.rows import Row


@dataclass(frozen=True)
class Consequence:
    """The firm, the verdicts that would change with ``before`` and ``after``, and how many figures were put in.

    ``reason`` where it could not be worked out: ``statistics``, ``no_firm``, ``no_year`` or ``not_loaded``.
    """

    firm: Row | None = None
    changes: tuple[Row, ...] = ()
    figures: int = 0
    reason: str = ""


def consequence_of(home: Home, reader: Reader, row: str, corrected: Mapping[str, str], power: int = 0) -> Consequence:
    """What would change if the row counted, with corrected cells, its money times ten to the ``power``."""
    place = address(row)
    feed = load_feeds().get(place.feed)
    if feed is None or feed.use != "service":
        return Consequence(reason="statistics")
    filed = delivered(releases.current(home), place)
    if filed is None:
        return Consequence(reason="not_loaded")
    (run,) = reader.rows("select day, place from desk_run__summary")
    firms = reader.rows("select firm_id, name from desk_firm where uscc = $1", [filed.get("uscc")])
    if not firms:
        return Consequence(reason="no_firm")
    year = str({**filed, **corrected}.get("year") or "")
    if not year.isdecimal():
        return Consequence(firms[0], reason="no_year")
    facts = facts_on(releases.current(home), firms[0]["firm_id"], run["day"])
    put_in = dict(_facts(feed, {**filed, **corrected}, run["day"].year - 1 - int(year), power))
    known = {name: value for name, value in put_in.items() if name in facts.columns}
    changed = facts.with_columns(**{name: pl.lit(value).cast(facts.schema[name]) for name, value in known.items()})
    return Consequence(firms[0], tuple(_changes(facts, changed, run["day"], run["place"])), len(known))


def _facts(feed: Feed, row: Row, age: int, power: int) -> Iterator[tuple[str, Any]]:
    """The figures of a yearly row as facts of so many years before the last; those that cannot be read are left out."""
    for name, column in feed.columns.items():
        written = _written(feed, column, row, name, power)
        if written is None:
            continue
        try:
            yield parse_fact(f"{name}_y{age}", written)
        except TierError:
            continue


def _written(feed: Feed, column: Column, row: Row, name: str, power: int) -> str | None:
    text = str(row.get(name) or "").replace(",", "").strip()
    if not text:
        return None
    if column.type != "money":
        return text
    stated = None if feed.money_unit == "stated" else feed.money_unit
    unit = column.unit or row.get("money_unit") or stated
    try:
        return f"{Decimal(text).scaleb(power):f}{unit}" if unit else None
    except InvalidOperation:
        return None


def _changes(before: pl.DataFrame, after: pl.DataFrame, day: date, place: str) -> list[Row]:
    book = load_rulebook(place=place)
    editions = book.in_force(day, place)
    deciding = {edition.id for edition in book.selected(day, place)}
    words = {edition.id: edition.head.title for edition in editions}
    then, now = (evaluate(facts, editions, day).verdicts.to_dicts() for facts in (before, after))
    return [
        {
            "edition_id": new["edition_id"],
            "zh": words[new["edition_id"]].zh,
            "en": words[new["edition_id"]].en,
            "is_selected": new["edition_id"] in deciding,
            "before": old["outcome"],
            "after": new["outcome"],
        }
        for old, new in zip(then, now, strict=True)
        if old["outcome"] != new["outcome"]
    ]
