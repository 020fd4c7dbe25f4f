"""Purpose limitation: figures collected under the statistics law are used in totals only.

Deny is the default. A table above staging that depends on such a feed stops the run, unless ``disclosure.yml`` names it
among its totals; a total never has a firm in its key. The rows themselves stay in ``raw_`` and ``stg_`` tables,
which no page, extract or list reads; their rows in quarantine name rule and row, never a value or a firm.
"""

from functools import cache

from warehouse.definition import read_yaml
from warehouse.errors import DefinitionError
from warehouse.intake.feed import Feed, load_feeds
from warehouse.models.graph import LAYERS, depends_on, key_of, scope_of, tables
from warehouse.release.disclosure.sums import WRITTEN

FIRM = {"firm_id", "uscc", "name", "name_norm", "stock_code", "delivery_id", "row_no"}
"""Columns that single out a firm, or a row."""


@cache
def feeds_below(table: str) -> frozenset[str]:
    """The feeds whose rows a table rests on, directly or through others."""
    raw = {name for name in depends_on(table) | {table} if name.startswith("raw_")}
    feeds = load_feeds()
    lists = {name for name, feed in feeds.items() if "designation" in feed.states}
    return frozenset({name for name in feeds if f"raw_{name}" in raw} | (lists if "raw_recognition" in raw else set()))


def statistical(table: str) -> bool:
    """Whether a table rests on a feed that is for statistics only."""
    return any(_is_statistical(load_feeds()[name]) for name in feeds_below(table))


def totals() -> list[str]:
    """The tables that may rest on statistics feeds, because they contain totals with small cells hidden."""
    return list(read_yaml(WRITTEN)[0]["totals"])


def require_purpose_kept() -> None:
    """Raise ``DefinitionError`` for a table that depends on a statistics feed without being an allowed total."""
    allowed = totals()
    for layer in LAYERS[1:]:
        for table in filter(statistical, tables(layer)):
            if table not in allowed:
                raise DefinitionError(
                    f"{table}: 依据仅供统计的来源，不得使用；只有 disclosure.yml 的 totals 所列汇总表可以",
                    f"{table} rests on a feed that is for statistics only; only totals named in disclosure.yml may",
                )
            if scope_of(table) != "zone" or set(key_of(table)) & FIRM:
                raise DefinitionError(
                    f"{table}: 汇总表不得逐企业列出", f"{table}: a total may not have a firm in its key"
                )
    for table in tables("staging"):
        if len({load_feeds()[name].use for name in feeds_below(table)}) > 1:
            raise DefinitionError(f"{table}: 混用了不同用途的来源", f"{table} mixes feeds of different use")


def require_service(*names: str) -> None:
    """Raise ``DefinitionError`` unless rows of these tables may be shown firm by firm."""
    for name in filter(statistical, names):
        raise DefinitionError(f"{name}: 仅供统计，不得逐企业列出", f"{name}: for statistics only, never listed by firm")


def _is_statistical(feed: Feed) -> bool:
    return feed.use != "service"
