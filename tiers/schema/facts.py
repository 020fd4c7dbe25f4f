"""The vocabulary of facts: typed columns of one flat row per firm that rules may use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from tiers.errors import FactsError
from tiers.schema.ladder import ladder
from tiers.schema.strict import Strict
from tiers.yaml_file import YamlFile

if TYPE_CHECKING:
    import polars as pl

YEARS: Final = range(6)
"""How many years before the day a yearly fact reaches back: _y0 … _y5."""

KINDS: Final = ("yearly", "on_the_day")
DECIMALS: Final = 15
"""Decimals of a mean or a percentage: the digits that a spreadsheet keeps."""
SCALES: Final[dict[str, int]] = {
    "money": 100,
    "people": 10**DECIMALS,
    "points": 10**DECIMALS,
    "percent": 100 * 10**DECIMALS,
}


Reading = Literal["held", "held_otherwise"]


class Entry(Strict):
    """One entry of ``facts.yml``.

    ``of`` is the designation whose titles the fact is about, ``asks`` whether one of them is held, by the first reading
    of its term or by the other; ``dated`` the fact with the day of what it states.
    A fact that is ``always_known`` states what is on record and is never missing itself.
    A firm knows a ``contestable`` fact of the day better than the files do, as it knows its figures of the last years.
    A ``bounded`` fact has two more, ``_least`` and ``_most``: the ends between which it lies where it is not known.
    """

    type: Literal["money", "people", "points", "percent", "count", "rank", "date", "bool", "text"]
    unit: str
    zh: str
    en: str
    of: str | None = None
    asks: Reading | None = None
    bounded: bool = False
    always_known: bool = False
    dated: str | None = None
    contestable: bool = False


def of_years(name: str) -> list[str]:
    """The names of a yearly figure, the last full year first."""
    return [f"{name}_y{ago}" for ago in YEARS]


@dataclass(frozen=True)
class Fact:
    """One name of the vocabulary; ``designation``: whose titles the fact is about."""

    name: str
    type: str
    unit: str
    zh: str
    en: str
    is_yearly: bool
    designation: str | None = None
    asks: Reading | None = None
    dated: str | None = None
    always_known: bool = False
    contestable: bool = False
    bound_of: str | None = None
    """The fact of which this is the lower or upper end."""

    @property
    def columns(self) -> list[str]:
        """Its columns in a row of facts: one for each year, or one."""
        return of_years(self.name) if self.is_yearly else [self.name]

    @property
    def scale(self) -> int:
        """How many of the stored integers make one of the unit: 100 fen to the yuan."""
        return SCALES.get(self.type, 1)


@lru_cache
def vocabulary() -> dict[str, Fact]:
    """Every fact by its name without year; ``DefinitionError`` with file and line where an entry is invalid."""
    return read_vocabulary(Path(__file__).parents[1] / "facts.yml")


@dataclass(frozen=True)
class Column:
    """A column of a row of facts; ``ago``: how many years its year lies before the last full one, None without one."""

    fact: Fact
    ago: int | None = None
    is_earlier: bool = False
    """Whether it stands for all years before those that have a column."""


@lru_cache
def _columns() -> dict[str, Column]:
    yearly = [fact for fact in vocabulary().values() if fact.is_yearly]
    return (
        {column: Column(fact, ago) for fact in yearly for ago, column in zip(YEARS, fact.columns, strict=True)}
        | {f"{fact.name}_earlier": Column(fact, is_earlier=True) for fact in yearly}
        | {name: Column(fact) for name, fact in vocabulary().items()}
    )


def fact_of(column: str) -> Fact:
    """The entry of the vocabulary for a column, of ``revenue_fen_y0`` that of ``revenue_fen``; raises ``KeyError``."""
    return _columns()[column].fact


def ago_of(column: str) -> int | None:
    """How many years the year of a column lies before the last full one; None of a fact of the day, or of no fact."""
    known = _columns().get(column)
    return known.ago if known else None


def read_vocabulary(path: Path) -> dict[str, Fact]:
    """The facts of a file by their name; raises ``DefinitionError``."""
    file = YamlFile(path)
    facts: dict[str, Fact] = {}
    for kind, entries in file.content.items():
        if kind not in KINDS:
            raise file.error((kind,), f"write one of {', '.join(KINDS)}")
        for name, written in entries.items():
            entry = file.validated(Entry, written, (kind, name))
            if entry.of is not None and entry.of not in ladder():
                raise file.error((kind, name, "of"), f"no designation is called {entry.of}")
            if entry.asks is not None and entry.of is None:
                raise file.error((kind, name, "asks"), "state the designation whose titles it is about: of")
            if name in facts:
                raise file.error((kind, name), f"the fact {name} is given twice")
            facts[name] = Fact(
                name,
                entry.type,
                entry.unit,
                entry.zh,
                entry.en,
                kind == "yearly",
                entry.of,
                entry.asks,
                entry.dated,
                entry.always_known,
                entry.contestable,
            )
            facts |= {end.name: end for end in _ends(facts[name]) if entry.bounded}
    return facts


ENDS: Final = {"least": ("下限", "lower end"), "most": ("上限", "upper end")}
"""The endings of the facts that bound another one, with their words."""


def _ends(fact: Fact) -> list[Fact]:
    return [
        replace(fact, name=f"{fact.name}_{end}", zh=f"{fact.zh}（{zh}）", en=f"{fact.en} ({en})", bound_of=fact.name)
        for end, (zh, en) in ENDS.items()
    ]


@lru_cache
def dtypes() -> "dict[str, pl.DataType]":
    """The type of a column by the type of its fact; Polars is imported here, since words and labels do without."""
    import polars as pl

    return {
        "money": pl.Int64(),
        "people": pl.Decimal(38, DECIMALS),
        "points": pl.Decimal(38, DECIMALS),
        "percent": pl.Decimal(38, DECIMALS),
        "count": pl.Int64(),
        "rank": pl.Int32(),
        "date": pl.Date(),
        "bool": pl.Boolean(),
        "text": pl.String(),
    }


@lru_cache
def schema() -> "dict[str, pl.DataType]":
    """The type of every column of a frame of facts, ``firm_id`` first."""
    columns = {"firm_id": dtypes()["text"]}
    for fact in vocabulary().values():
        columns |= dict.fromkeys(fact.columns, dtypes()[fact.type])
    return columns


@lru_cache
def may_be_missing() -> frozenset[str]:
    """The columns of figures that may be missing; points are none, which people give."""
    facts = [fact for fact in vocabulary().values() if not fact.always_known and fact.type != "points"]
    return frozenset(column for fact in facts for column in fact.columns)


def frame(firms: Iterable[Mapping[str, Any]]) -> "pl.DataFrame":
    """Firms as a frame of facts; what a firm does not state is null, a name outside the vocabulary an error."""
    import polars as pl

    rows = [{"firm_id": f"F{position}", **firm} for position, firm in enumerate(firms, 1)]
    unknown = {name for row in rows for name in row} - schema().keys()
    if unknown:
        raise FactsError(f"no fact is called {', '.join(sorted(unknown))}")
    return pl.DataFrame(rows, schema=schema())


@lru_cache
def codes() -> dict[str, int]:
    """A small number for every column, and for the year before the earliest; 0 means none."""
    names = [*schema(), *(name for name, column in _columns().items() if column.is_earlier)]
    return {name: position for position, name in enumerate(names) if position}


def label(column: str, lang: str) -> str:
    """A column's name for people: 营业收入（上推2年）."""
    known = _columns()[column]
    name = known.fact.zh if lang == "zh" else known.fact.en
    if known.is_earlier:
        return f"{name}（更早年度）" if lang == "zh" else f"{name}, earlier years"
    if known.ago is None:
        return name
    ago = known.ago + 1
    if lang == "zh":
        return f"上年{name}" if ago == 1 else f"{name}（前{ago}年）"
    return f"{name}, last year" if ago == 1 else f"{name}, {ago} years back"
