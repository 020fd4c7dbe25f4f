"""Feed definitions: one YAML file per source that maps or ignores every column by name."""

import re
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from tiers.schema.strict import Words
from warehouse.definition import Strict, read_yaml, validated
from warehouse.errors import DefinitionError
from warehouse.intake.file_patterns import OTHER_DOCUMENTS, matches, other_documents
from warehouse.intake.headings import spellings
from warehouse.intake.period import Cadence, Period
from warehouse.intake.unit_words import folded, split_heading

FEEDS = Path(__file__).parent / "feeds"

MoneyUnit = Literal["元", "千元", "万元", "百万元", "千万元", "亿元"]
Encoding = Literal["utf-8-sig", "gb18030"]
Place = Literal["file_name", "title", "footer"]
Kind = Literal["text", "money", "amount", "number", "rate", "count", "date", "code", "bool", "year", "month"]

LONGEST_TITLE = 40
"""Characters; a longer line above a table is a sentence and may mention other lists."""

_DAY = r"20\d{2}-\d{1,2}-\d{1,2}|20\d{2}年\d{1,2}月\d{1,2}日|20\d{6}"


def plain(heading: str) -> str:
    """A heading normalised for comparison: NFKC, case-folded, without blanks and without a unit at its end."""
    return split_heading(heading)[0]


def unit_of(heading: str) -> str | None:
    """The unit at the end of a heading, as in 营业收入（千元）."""
    return split_heading(heading)[1]


class Publisher(Words):
    """The issuer of the files; ``official`` for a public authority."""

    official: bool = True


class Column(Strict):
    """A column of the raw table, and every heading (or form code) under which it is delivered.

    ``unit`` of a money column overrides the unit of the form; ``kind`` of a figure is flow (over a period), stock (at
    a moment) or mean; ``choices`` are the values of the template's drop-down list; ``order`` is that of dates with the
    year last. Of months: ``cumulative`` from January, so that 1-3月 is March; ``year_from`` states the year of 3月.
    With ``always_percent`` a plain number in a column of percentages is never a share of one, since a program writes
    the files.
    """

    type: Kind
    headings: list[str] = Field(min_length=1)
    code: str | None = None
    required: bool = False
    fill_down: bool = False
    unit: str | None = None
    kind: Literal["flow", "stock", "mean"] | None = None
    choices: list[str] = Field(default_factory=list)
    order: Literal["mdy", "dmy"] | None = None
    cumulative: bool = False
    year_from: str | None = None
    always_percent: bool = False


class Header(Strict):
    """How the header row is recognised; titles above it and code or unit rows below it are not data."""

    map_by: Literal["heading", "code"] = "heading"
    unit_row: bool = False


class Stated(Strict):
    """Metadata that a file states: the named groups of a pattern in its name, its title or its last lines.

    ``<day>`` in a pattern matches a day in any notation. Of several patterns for the same value the first that matches
    in any source wins, so the more specific ones are listed first.
    """

    source: Place | list[Place]
    pattern: str
    required: bool = False
    example: str = ""
    """An example of what follows the title in the name of such a file."""

    @property
    def regex(self) -> re.Pattern[str]:
        """The pattern with ``<day>`` expanded."""
        return re.compile(self.pattern.replace("<day>", _DAY))

    @property
    def sources(self) -> list[Place]:
        """The parts of a file in which the pattern is searched."""
        return [self.source] if isinstance(self.source, str) else self.source


class StandIn(Strict):
    """The column used as a proxy for a quantity that the feed lacks, with the reason."""

    column: str
    reason: Words


class Rows(Strict):
    """Expected number of rows in a file: fewer than ``min`` is an error, more than ``max`` a warning."""

    min: int = 1
    max: int


class Feed(Strict):
    """The definition of a source: the format of its files and the mapping of their columns."""

    name: str
    title: Words
    publisher: Publisher
    use: Literal["service", "statistics"]
    files: list[str] = Field(min_length=1)
    except_files: list[str] = Field(default_factory=list)
    formats: list[Literal["csv", "xlsx", "json"]] = Field(min_length=1)
    sheets: str | None = None
    """A pattern of the sheets of this feed, where a workbook holds the tables of several feeds."""
    encodings: tuple[Encoding, ...] = ("utf-8-sig", "gb18030")
    header: Header = Header()
    money_unit: MoneyUnit | Literal["stated"] | None = None
    columns: dict[str, Column] = Field(min_length=1)
    ignore: list[str] = Field(default_factory=list)
    key: list[str] = Field(min_length=1)
    period: Period
    cadence: Cadence = Cadence(every="event")
    missing: list[str] = Field(default_factory=list)
    stated: list[Stated] = Field(default_factory=list)
    states: dict[str, str] = Field(default_factory=dict)
    stands_for: dict[str, StandIn] = Field(default_factory=dict)
    rows: Rows
    columns_file: str
    """The file in which the columns are defined: that of the parent where they are inherited."""
    definition: str
    """The YAML source, parents included; a change of it makes cached tables stale."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        unknown = {*self.key, *(proxy.column for proxy in self.stands_for.values())} - set(self.columns)
        if unknown:
            raise ValueError(f"{sorted(unknown)} are not among the columns")
        money = [column for column in self.columns.values() if column.type == "money" and not column.unit]
        if bool(money) != (self.money_unit is not None):
            raise ValueError("money_unit is given exactly when a column is money and names no unit of its own")
        for statement in self.stated:
            re.compile(statement.regex)
        _require_unique(self.known)
        return self

    @property
    def known(self) -> list[tuple[str, str | None]]:
        """Every normalised heading (or code) with its column name; None for an ignored heading."""
        by_code = self.header.map_by == "code"
        pairs: list[tuple[str, str | None]] = [
            (folded(heading) if unit_of(heading) else plain(heading), name)
            for name, column in self.columns.items()
            for heading in ([column.code] if by_code and column.code else column.headings)
        ]
        pairs += [(plain(heading), None) for heading in self.ignore]
        return pairs if "序号" in dict(pairs) else [*pairs, ("序号", None)]  # people number the rows of any table

    @cached_property
    def column_key(self) -> Callable[[str], str]:
        """The key of a heading in ``by_heading``: with its unit where the definition distinguishes columns by unit."""
        return lru_cache(maxsize=10_000)(self._key)  # a row is compared with the headings several times

    def _key(self, heading: str) -> str:
        known = self.spelling(heading)
        return with_unit if (with_unit := folded(known)) in self.by_heading else plain(known)

    def spelling(self, heading: str) -> str:
        """The heading without marks, numbers or a translation, where the feed lists that; else as written."""
        texts = (heading, *spellings(heading))
        return next((text for text in texts if {folded(text), plain(text)} & self.by_heading.keys()), heading)

    @cached_property
    def by_heading(self) -> dict[str, str | None]:
        """The column name of each normalised heading; None where the heading is ignored."""
        return dict(self.known)

    @cached_property
    def stated_names(self) -> list[str]:
        """Names of the values that files of this feed state, or that the definition gives, beside the columns."""
        stated = {name for statement in self.stated for name in statement.regex.groupindex}
        return sorted((stated | self.states.keys()) - self.columns.keys())

    def stated_values(self, texts: Mapping[Place, str]) -> dict[str, str]:
        """The named groups that match in these texts; the first match of each name wins."""
        matches = (
            statement.regex.search(texts.get(source, "")) for statement in self.stated for source in statement.sources
        )
        values = [pair for match in matches if match for pair in match.groupdict().items() if pair[1]]
        return dict(reversed(values))

    def fits(self, file_name: str) -> bool:
        """Whether the patterns of this feed match a file name."""
        return matches(file_name, self.files) and not matches(file_name, self.except_files)

    def is_other_list(self, title: str) -> bool:
        """Whether a line above a table is the title of a list that the feed excludes, such as 潜在独角兽企业名单."""
        return len(title) <= LONGEST_TITLE and matches(title, self.files) and matches(title, self.except_files)


def _require_unique(known: list[tuple[str, str | None]]) -> None:
    seen: set[str] = set()
    for heading, _ in known:
        if heading in seen:
            raise ValueError(f"the heading {heading!r} is given to two columns")
        seen.add(heading)


def load_feed(path: Path) -> Feed:
    """Load a definition; ``like:`` inherits the keys of another feed, and the keys given here override them."""
    content, lines = read_yaml(path)
    definition, columns_file = path.read_text("utf-8"), path.name
    if parent := content.pop("like", None):
        parent_path = path.with_name(f"{parent}.yml")
        if not parent_path.exists():
            raise DefinitionError(f"{path.name}:{lines['like',]}: there is no feed {parent}")
        inherited, _ = read_yaml(parent_path)
        definition = parent_path.read_text("utf-8") + definition
        columns_file = path.name if "columns" in content else parent_path.name
        content = {**inherited, **content}
    if "designation" in content.get("states", {}):
        content["except_files"] = [*content.get("except_files", []), *other_documents()]
        definition += OTHER_DOCUMENTS.read_text("utf-8")
    own: dict[str, Any] = {"name": path.stem, "definition": definition, "columns_file": columns_file}
    return validated(Feed, content | own, path, lines)


@lru_cache
def load_feeds(folder: Path = FEEDS) -> dict[str, Feed]:
    """The feeds of a folder by name, which is the stem of the file."""
    return {path.stem: load_feed(path) for path in sorted(folder.glob("*.yml"))}
