"""Which tables are built by bucket of firms and which over the whole zone, as the models state and read them."""

from collections.abc import Iterable
from functools import cache

from warehouse.models import graph
from warehouse.rule_exchange import results

LAYERS = graph.LAYERS[graph.LAYERS.index("facts") :]
"""The layers after the core, in which a firm's rows rest on the firm's own."""

_DELIVERED = ("raw_", "stg_")
"""Prefixes of tables with rows as they were delivered, which name a firm by code or name and not by ``firm_id``."""


@cache
def by_bucket(layer: str) -> list[str]:
    """The tables of a layer that are built by bucket, in their order: stored, with rows of firms, read by firm."""
    return [table for table in graph.in_order(layer) if _is_by_bucket(table)]


def _is_by_bucket(table: str) -> bool:
    if graph.scope_of(table) != "firm" or graph.is_view(table) or graph.is_built_whole(table):
        return False
    return not any(name.startswith(_DELIVERED) for name in graph.reads(table))


@cache
def before_buckets() -> list[str]:
    """The tables of the zone that those by bucket rest on, in their order."""
    needed = {name for layer in LAYERS for table in by_bucket(layer) for name in graph.depends_on(table)}
    return [table for table in _whole(LAYERS) if table in needed]


def after_buckets(layers: Iterable[str]) -> list[str]:
    """The tables and views of these layers that remain once the buckets are united, in their order."""
    return [table for table in _whole(layers) if table not in before_buckets()]


def _whole(layers: Iterable[str]) -> list[str]:
    return [table for layer in layers for table in graph.in_order(layer) if table not in by_bucket(layer)]


@cache
def made() -> list[str]:
    """The tables that a bucket makes: those of the models, and what the rules answer."""
    return [*(table for layer in LAYERS for table in by_bucket(layer)), *results.KEYS]


@cache
def read() -> frozenset[str]:
    """The tables that a bucket reads and does not make."""
    return frozenset(name for table in made() for name in graph.reads(table)) - set(made())


def keyed_otherwise() -> list[str]:
    """The tables by bucket whose key does not name the firm, so that two buckets might have the same."""
    return [table for layer in LAYERS for table in by_bucket(layer) if "firm_id" not in graph.key_of(table)]
