"""Storage layout of results: a row per firm, each edition and condition a field of a few structs.

DuckDB stores a struct column by column but binds it by one name, so that a row of three hundred numbers is quick to
query. What depends on the rule alone (condition, route, unit, bound, facts) is stored once in ``edition_columns``,
``condition_columns`` and ``condition_facts``; positions there count from 1, as in SQL.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import polars as pl

from tiers.evaluation import opening, remaining
from tiers.evaluation.compiled import Compiled, compiled
from tiers.evaluation.measured import NOTHING
from tiers.evaluation.one_pass import deciding_gap, deciding_missing, missing_where_unknown
from tiers.schema.edition import Edition
from tiers.schema.facts import codes
from tiers.schema.ladder import ladder

Fields = dict[str, dict[str, pl.Expr]]
"""Columns of the stored row, each a struct of numbered fields."""


@dataclass(frozen=True)
class Layout:
    """The fields that store the results of editions on a day.

    ``width`` is the number of fields for verdicts, ``openings`` of those for days on which time alone meets an edition.
    """

    day: date
    editions: tuple[Compiled, ...]
    selected: frozenset[str]
    width: int
    openings: int

    @cached_property
    def verdicts(self) -> Fields:
        """Fields by edition: ``outcome``, ``deciding`` (condition, from 0), ``gap``, ``missing`` (code of a fact).

        ``remaining`` is the number of conditions that fail or are undecided, negative where no way is open; ``opens``
        the day on which time alone meets it.
        """
        return {
            "outcome": self._by_edition([edition.root.answer for edition in self.editions], pl.Int8()),
            "deciding": self._by_edition([edition.root.deciding for edition in self.editions], pl.Int16()),
            "gap": self._by_edition([deciding_gap(edition) for edition in self.editions], pl.Float64()),
            "missing": self._by_edition([deciding_missing(edition) for edition in self.editions], pl.Int16()),
            "remaining": self._by_edition([_signed(edition) for edition in self.editions], pl.Int16()),
            "opens": self._padded(
                [opening.day_of(edition.root) for edition in self._opening], pl.Date(), self.openings
            ),
        }

    @cached_property
    def findings(self) -> Fields:
        """``answer`` by condition, ``value`` by quantity or distance to a bound by size, ``deciding`` by edition.

        An answer is the code of the outcome; a negative answer is unknown, and minus the code of the missing fact.
        """
        return {
            "answer": _numbered(self._answers),
            "value": _numbered([*self._values.values(), *self._distances.values()]),
            "deciding": self.verdicts["deciding"],
        }

    @cached_property
    def _opening(self) -> list[Compiled]:
        """The editions that time alone may meet."""
        return [edition for edition in self.editions if edition.root.opens is not None]

    def _by_edition(self, columns: Sequence[pl.Expr], dtype: pl.DataType) -> dict[str, pl.Expr]:
        return self._padded(columns, dtype, self.width)

    def _padded(self, columns: Sequence[pl.Expr], dtype: pl.DataType, width: int) -> dict[str, pl.Expr]:
        rest = [pl.lit(None)] * (width - len(columns))
        return _numbered([column.cast(dtype) for column in (*columns, *rest)])

    def tables(self) -> dict[str, pl.DataFrame]:
        """The reference tables of the findings: their columns, the facts of each condition, the codes of facts."""
        return {
            "ref_finding_columns": self.condition_columns(),
            "ref_condition_facts": self.condition_facts(),
            "ref_fact_codes": pl.DataFrame({"code": list(codes().values()), "fact": list(codes())}),
        }

    def edition_columns(self) -> pl.DataFrame:
        """Grain day, edition_id: positions, designation, rank, is_selected; by condition ids, routes, units."""
        opens = {edition.edition.id: position for position, edition in enumerate(self._opening, 1)}
        rows = [
            {
                "day": self.day,
                "position": position,
                "opens_position": opens.get(edition.edition.id),
                "edition_id": edition.edition.id,
                "designation": edition.edition.designation,
                "rank": ladder()[edition.edition.designation].rank,
                "is_selected": edition.edition.id in self.selected,
                "condition_ids": [leaf.id for leaf, _ in edition.leaves],
                "routes": [leaf.route for leaf, _ in edition.leaves],
                "gap_units": [columns.unit for _, columns in edition.leaves],
            }
            for position, edition in enumerate(self.editions, 1)
        ]
        return pl.DataFrame(rows, schema=_EDITION_COLUMNS)

    def condition_columns(self) -> pl.DataFrame:
        """Grain edition_id, condition_id: where its answer, value and gap are stored, and the bound of the value."""
        values = {key: position for position, key in enumerate(self._values, 1)}
        distances = {key: position for position, key in enumerate(self._distances, len(values) + 1)}
        rows = [
            {
                "edition_id": edition.edition.id,
                "condition_id": leaf.id,
                "edition_position": edition_position,
                "number": number,
                "value_position": values.get(str(columns.value)),
                "value_high_position": values.get(str(columns.value_high)),
                "measured_position": values.get(str(columns.bound.measured)) if columns.bound else None,
                "required": columns.bound.required if columns.bound else None,
                "direction": columns.bound.direction if columns.bound else None,
                "distance_position": distances.get((edition.edition.id, number)),
                "gap_unit": columns.unit,
                "closes": columns.closes,
            }
            for edition_position, edition in enumerate(self.editions, 1)
            for number, (leaf, columns) in enumerate(edition.leaves)
        ]
        return pl.DataFrame(rows, schema=_CONDITION_COLUMNS).with_row_index("position", offset=1)

    def condition_facts(self) -> pl.DataFrame:
        """Grain edition_id, condition_id, seq: the facts that a condition needs, in order."""
        rows = [
            (edition.edition.id, leaf.id, seq, fact)
            for edition in self.editions
            for leaf, columns in edition.leaves
            for seq, fact in enumerate(columns.facts, 1)
        ]
        return pl.DataFrame(rows, schema=_CONDITION_FACTS, orient="row")

    @cached_property
    def _answers(self) -> list[pl.Expr]:
        return [
            pl.coalesce(-missing_where_unknown(edition, number), edition.answer_of(number).cast(pl.Int16))
            for edition in self.editions
            for number in range(len(edition.leaves))
        ]

    @cached_property
    def _values(self) -> Mapping[str, pl.Expr]:
        """Measured values by expression; conditions with the same quantity share a column."""
        measured = [
            value
            for edition in self.editions
            for _, columns in edition.leaves
            for value in (columns.value, columns.value_high)
            if value is not NOTHING
        ]
        return {str(value): value.cast(pl.Float64) for value in measured}

    @cached_property
    def _distances(self) -> Mapping[tuple[str, int], pl.Expr]:
        """The distances of conditions whose bound depends on the size of the firm, by edition and number."""
        return {
            (edition.edition.id, number): columns.distance
            for edition in self.editions
            for number, (_, columns) in enumerate(edition.leaves)
            if columns.distance is not NOTHING
        }


def _signed(edition: Compiled) -> pl.Expr:
    conditions = remaining.conditions(edition.root.remaining)
    return pl.when(remaining.is_closed(edition.root.remaining)).then(-conditions).otherwise(conditions)


def _numbered(columns: Sequence[pl.Expr]) -> dict[str, pl.Expr]:
    return {f"n{position}": column for position, column in enumerate(columns, 1)}


def layouts_of(
    in_force: Mapping[date, Sequence[Edition]], selected: Mapping[date, Collection[Edition]]
) -> list[Layout]:
    """The layouts of the editions in force by day, for a common table; ``selected`` are the deciding editions."""
    width = max(map(len, in_force.values()))
    openings = max(
        1,
        *(sum(compiled(edition, day).root.opens is not None for edition in of_day) for day, of_day in in_force.items()),
    )
    return [
        _layout(day, tuple(of_day), frozenset(edition.id for edition in selected[day]), width, openings)
        for day, of_day in in_force.items()
    ]


@lru_cache(maxsize=16)
def _layout(day: date, editions: tuple[Edition, ...], selected: frozenset[str], width: int, openings: int) -> Layout:
    return Layout(day, tuple(compiled(edition, day) for edition in editions), selected, width, openings)


def stored(sheet: pl.DataFrame, day: date, fields: Fields) -> pl.DataFrame:
    """The stored rows: firm_id, day, and the structs of ``fields``."""
    structs = [
        pl.struct([field.alias(name) for name, field in parts.items()]).alias(column)
        for column, parts in fields.items()
    ]
    return sheet.select("firm_id", pl.lit(day).alias("day"), *structs)


_EDITION_COLUMNS: dict[str, pl.DataType] = {
    "day": pl.Date(),
    "position": pl.Int32(),
    "opens_position": pl.Int32(),
    "edition_id": pl.String(),
    "designation": pl.String(),
    "rank": pl.Int32(),
    "is_selected": pl.Boolean(),
    "condition_ids": pl.List(pl.String()),
    "routes": pl.List(pl.String()),
    "gap_units": pl.List(pl.String()),
}
_CONDITION_COLUMNS: dict[str, pl.DataType] = {
    "edition_id": pl.String(),
    "condition_id": pl.String(),
    "edition_position": pl.Int32(),
    "number": pl.Int32(),
    "value_position": pl.Int32(),
    "value_high_position": pl.Int32(),
    "measured_position": pl.Int32(),
    "required": pl.Float64(),
    "direction": pl.Int32(),
    "distance_position": pl.Int32(),
    "gap_unit": pl.String(),
    "closes": pl.String(),
}
_CONDITION_FACTS: dict[str, pl.DataType] = {
    "edition_id": pl.String(),
    "condition_id": pl.String(),
    "seq": pl.Int32(),
    "fact": pl.String(),
}
