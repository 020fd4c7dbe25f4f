"""Every edition for every firm in one pass over the columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from tiers import outcome
from tiers.compare import Columns, columns_of
from tiers.edition import Edition, Group, Leaf
from tiers.errors import FactsError
from tiers.facts import codes, schema
from tiers.view import View


@dataclass(frozen=True)
class Compiled:
    """An edition as expressions over the facts; the columns of its n-th condition are ``leaves[n]``."""

    edition: Edition
    leaves: tuple[tuple[Leaf, Columns], ...]
    outcome: pl.Expr
    deciding: pl.Expr


@lru_cache(maxsize=512)
def compiled(edition: Edition, day: date) -> Compiled:
    """The expressions of an edition as they are asked on a day; those of groups read the leaves' columns."""
    view = View(day, edition.offset(day))
    leaves = [leaf for leaf in edition.conditions.leaves() if _applies(leaf, day)]
    position = {id(leaf): number for number, leaf in enumerate(leaves)}
    answer, deciding = _node(edition, edition.conditions, position)
    return Compiled(edition, tuple((leaf, columns_of(leaf, view)) for leaf in leaves), answer, deciding)


def _applies(leaf: Leaf, day: date) -> bool:
    """A wording that came later than the edition binds from its own day on."""
    return leaf.since is None or leaf.since <= day


def _node(edition: Edition, node: Group | Leaf, position: dict[int, int]) -> tuple[pl.Expr, pl.Expr]:
    """The answer of a part, and which condition decides it: the first whose answer is the part's answer."""
    if not isinstance(node, Group):
        number = position[id(node)]
        return pl.col(_name(edition, number, "o")), pl.lit(number, dtype=pl.Int16)
    parts = [_node(edition, part, position) for part in node.parts if isinstance(part, Group) or id(part) in position]
    left_out = len(node.parts) - len(parts)
    answer = outcome.at_least_of([part for part, _ in parts], max(1, node.needed - left_out))
    return answer, pl.coalesce([pl.when(part == answer).then(decides) for part, decides in parts])


def _name(edition: Edition, number: int, kind: str) -> str:
    return f"{edition.id}#{number}{kind}"


@dataclass(frozen=True)
class Evaluation:
    """What the editions say of the firms: ``wide`` one row a firm, ``verdicts`` and ``findings()`` long."""

    day: date
    facts: pl.DataFrame
    compiled: tuple[Compiled, ...]
    wide: pl.DataFrame

    @property
    def verdicts(self) -> pl.DataFrame:
        """Grain firm_id, edition_id: outcome, route, deciding_condition, deciding_gap, gap_unit, missing_fact."""
        return pl.concat([self._verdict(one) for one in self.compiled]) if self.compiled else pl.DataFrame()

    def _verdict(self, one: Compiled) -> pl.DataFrame:
        deciding = pl.col(f"{one.edition.id}#d")
        leaves = [leaf for leaf, _ in one.leaves]
        chosen = {
            kind: pl.coalesce(
                [
                    pl.when(deciding == number).then(pl.col(_name(one.edition, number, kind)))
                    for number in range(len(leaves))
                ]
            )
            for kind in ("g", "m")
        }
        units = {number: columns.unit for number, (_, columns) in enumerate(one.leaves)}
        return self.wide.select(
            "firm_id",
            day=pl.lit(self.day),
            edition_id=pl.lit(one.edition.id),
            designation=pl.lit(one.edition.designation),
            outcome=outcome.names_of(pl.col(f"{one.edition.id}#o")),
            route=_by_number(deciding, {n: leaf.route for n, leaf in enumerate(leaves)}),
            deciding_condition=_by_number(deciding, {n: leaf.id for n, leaf in enumerate(leaves)}),
            deciding_gap=chosen["g"],
            gap_unit=_by_number(deciding, units),
            missing_fact=_fact_name(chosen["m"]),
        )

    def findings(self) -> pl.DataFrame:
        """Grain firm_id, edition_id, condition_id: outcome, value, value_high, gap, is_deciding, missing_fact."""
        parts = [part for one in self.compiled for part in self._findings(one)]
        return pl.concat(parts) if parts else pl.DataFrame()

    def _findings(self, one: Compiled) -> Iterator[pl.DataFrame]:
        values = self.facts.select(
            pl.Series("firm_id", self.facts["firm_id"]),
            *(
                expression.cast(pl.Float64).alias(f"{number}{kind}")
                for number, (_, columns) in enumerate(one.leaves)
                for kind, expression in (("v", columns.value), ("h", columns.value_high))
            ),
        )
        for number, (leaf, columns) in enumerate(one.leaves):
            yield self.wide.select(
                "firm_id",
                edition_id=pl.lit(one.edition.id),
                condition_id=pl.lit(leaf.id),
                outcome=outcome.names_of(pl.col(_name(one.edition, number, "o"))),
                value=_column(values, f"{number}v"),
                value_high=_column(values, f"{number}h"),
                gap=pl.col(_name(one.edition, number, "g")),
                gap_unit=pl.lit(columns.unit),
                is_deciding=(pl.col(f"{one.edition.id}#d") == number).fill_null(False),
                missing_fact=_fact_name(pl.col(_name(one.edition, number, "m"))),
            )


def _column(frame: pl.DataFrame, name: str) -> pl.Series:
    column = frame[name]
    return column if len(column) == frame.height else column.extend_constant(None, frame.height - 1)


def _by_number(number: pl.Expr, names: Mapping[int, str | None]) -> pl.Expr:
    known = {key: value for key, value in names.items() if value}
    return number.replace_strict(known, default=None, return_dtype=pl.String)


def _fact_name(code: pl.Expr) -> pl.Expr:
    return code.replace_strict({c: name for name, c in codes().items()}, default=None, return_dtype=pl.String)


def evaluate(facts: pl.DataFrame, editions: Sequence[Edition], day: date) -> Evaluation:
    """Ask ``editions`` about firms (one row each, the columns of ``tiers.facts.schema``) as of ``day``.

    Raises ``FactsError`` where a column is absent: an unknown figure is a null.
    """
    absent = schema().keys() - set(facts.columns)
    if absent:
        raise FactsError(absent)
    facts = facts.with_columns(pl.col(name).cast(dtype) for name, dtype in schema().items())
    parts = tuple(compiled(edition, day) for edition in editions)
    lazy = facts.lazy().select("firm_id", *(column for one in parts for column in _leaf_columns(one)))
    for one in parts:
        lazy = lazy.with_columns(one.outcome.alias(f"{one.edition.id}#o"), one.deciding.alias(f"{one.edition.id}#d"))
    return Evaluation(day, facts, parts, lazy.collect())


def _leaf_columns(one: Compiled) -> Iterator[pl.Expr]:
    for number, (_, columns) in enumerate(one.leaves):
        yield columns.outcome.cast(pl.Int8).alias(_name(one.edition, number, "o"))
        yield columns.gap.cast(pl.Float64).alias(_name(one.edition, number, "g"))
        yield columns.missing.cast(pl.Int16).alias(_name(one.edition, number, "m"))
