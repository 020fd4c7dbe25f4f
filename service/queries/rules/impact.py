"""What another edition, or a draft, would change for every firm of the current release; nothing is written."""

from pathlib import Path

import polars as pl

from service.queries.rules.edition_impact import compared, conditions_of, verdicts_of, words_of
from tiers import Edition, load_rulebook
from tiers.errors import TierError
from tiers.schema.loader import read_edition
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published
from warehouse.rows import Row
from warehouse.rule_exchange import exchange


def edition_of(name: str) -> Edition:
    """An edition by its id, or a draft by its file (``…/<designation>/<place>/<edition>.yml``)."""
    try:
        return read_edition(Path(name)) if name.endswith((".yml", ".yaml")) else load_rulebook().edition(name)
    except FileNotFoundError as error:
        raise BadInput(f"没有这个文件：{name}", f"there is no such file: {name}") from error
    except TierError as error:
        raise BadInput(error.zh, error.en) from error


def impact(home: Home, first: str, second: str, with_unchanged: bool = False) -> Row:
    """What changes for every firm of the current release when the second edition takes the place of the first.

    ``firms`` are those that change, by name; with ``with_unchanged`` all. Raises ``BadInput``.
    """
    editions = [edition_of(first), edition_of(second)]
    with Published(home).whole() as release:
        day = release.value("select day from mart_run__summary")
        shares = (exchange.facts(release, share) for share in exchange.buckets(release))
        parts = [compared(*(verdicts_of(facts, edition, day) for edition in editions)) for facts in shares]
        named = release.frame("select firm_id, name from core_firm")
    firms = pl.concat(parts).join(words_of(editions), on=["decided_by", "condition"], how="left")
    kept = firms if with_unchanged else firms.filter(pl.col("change") != "unchanged")
    return {
        "first": editions[0].id,
        "second": editions[1].id,
        "day": day,
        "counts": dict(firms.group_by("change").len().sort("change").rows()),
        "conditions": conditions_of(firms),
        "firms": kept.join(named, on="firm_id", how="left").sort("change", "firm_id").to_dicts(),
    }
