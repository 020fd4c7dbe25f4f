"""What a feed definition says: one YAML file a source, every column mapped or ignored by name."""

import fnmatch
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from warehouse.definition import Strict, read_yaml, validated
from warehouse.errors import DefinitionError

FEEDS = Path(__file__).parent / "feeds"

MoneyUnit = Literal["元", "千元", "万元", "亿元"]
Encoding = Literal["utf-8-sig", "gb18030"]
Place = Literal["file_name", "title", "footer"]
Kind = Literal["text", "money", "number", "rate", "count", "date", "code", "bool", "year", "month"]

LONGEST_TITLE = 40
"""What is longer above a table is a sentence, and may name other lists."""

_DAY = r"20\d{2}-\d{1,2}-\d{1,2}|20\d{2}年\d{1,2}月\d{1,2}日|20\d{6}"
_UNIT_OF_HEADING = re.compile(r"\((元|千元|万元|亿元|人|件|项|家|篇|吨标准煤|平方米|㎡|m2|%)\)$")


def plain(heading: str) -> str:
    """A heading as it is compared: one width of letters and brackets, no blanks, no unit at its end."""
    return _UNIT_OF_HEADING.sub("", _one_width(heading))


def unit_of(heading: str) -> str | None:
    """The unit in brackets at the end of a heading, as in 营业收入（千元）."""
    found = _UNIT_OF_HEADING.search(_one_width(heading))
    return found[1] if found else None


def _one_width(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s\u200b-\u200f\u2060\ufeff]", "", folded)


class Words(Strict):
    """A name in both languages."""

    zh: str
    en: str


class Publisher(Words):
    """Who makes the files; ``official`` when it is a public authority."""

    official: bool = True


class Column(Strict):
    """One of our columns, and every heading (or form code) under which it is known to arrive.

    ``unit`` of a money column is the form's own where it differs from the rest of the form; ``kind`` says of a figure
    whether it is of a time (flow), at a moment (stock) or a mean; ``choices`` are the words a template offers.
    """

    type: Kind
    headings: list[str] = Field(min_length=1)
    code: str | None = None
    required: bool = False
    fill_down: bool = False
    unit: str | None = None
    kind: Literal["flow", "stock", "mean"] | None = None
    choices: list[str] = Field(default_factory=list)


class Header(Strict):
    """How the table's head is recognised; titles above it and code or unit rows below are not data."""

    map_by: Literal["heading", "code"] = "heading"
    unit_row: bool = False


class Stated(Strict):
    """Facts a file states about itself: the named groups of a pattern in its name, its title or its last lines.

    ``<day>`` in a pattern stands for a day however it is written. Of several patterns for one fact the first that is
    found stands, wherever it is found: what is said more exactly is listed before what is said in general.
    """

    source: Place | list[Place]
    pattern: str
    required: bool = False
    example: str = ""
    """How the name of such a file goes on after its title."""

    @property
    def found(self) -> re.Pattern[str]:
        """The pattern, its days written out."""
        return re.compile(self.pattern.replace("<day>", _DAY))

    @property
    def places(self) -> list[Place]:
        """Where it may be said."""
        return [self.source] if isinstance(self.source, str) else self.source


class Period(Strict):
    """What time a delivery speaks of, and the column or stated fact that says so."""

    kind: Literal["year", "month", "day", "state"]
    column: str | None = None
    stated: str | None = None


class StandIn(Strict):
    """A quantity the feed does not carry, and the column that stands for it, with the reason."""

    column: str
    reason: Words


class Rows(Strict):
    """How many rows one file has: fewer is an error, more a warning."""

    min: int = 1
    max: int


class Feed(Strict):
    """One source: what its files look like, and what we call what they hold."""

    name: str
    title: Words
    publisher: Publisher
    use: Literal["service", "statistics"]
    files: list[str] = Field(min_length=1)
    except_files: list[str] = Field(default_factory=list)
    formats: list[Literal["csv", "xlsx", "json"]] = Field(min_length=1)
    sheets: str | None = None
    """A pattern of the sheets that are this feed's, where one workbook brings several tables."""
    encodings: tuple[Encoding, ...] = ("utf-8-sig", "gb18030")
    header: Header = Header()
    money_unit: MoneyUnit | Literal["stated"] | None = None
    columns: dict[str, Column] = Field(min_length=1)
    ignore: list[str] = Field(default_factory=list)
    key: list[str] = Field(min_length=1)
    period: Period
    missing: list[str] = Field(default_factory=list)
    stated: list[Stated] = Field(default_factory=list)
    states: dict[str, str] = Field(default_factory=dict)
    stands_for: dict[str, StandIn] = Field(default_factory=dict)
    rows: Rows
    definition: str
    """The YAML that was read, parents included: a change of it means reading again."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        unknown = {*self.key, *(item.column for item in self.stands_for.values())} - set(self.columns)
        if unknown:
            raise ValueError(f"{sorted(unknown)} are not among the columns")
        money = [column for column in self.columns.values() if column.type == "money" and not column.unit]
        if bool(money) != (self.money_unit is not None):
            raise ValueError("money_unit is given exactly when a column is money and names no unit of its own")
        for item in self.stated:
            re.compile(item.found)
        _require_unique(self.known)
        return self

    @property
    def known(self) -> list[tuple[str, str | None]]:
        """Every heading (or code) as compared, with our column name; None for an ignored one."""
        by_code = self.header.map_by == "code"
        pairs: list[tuple[str, str | None]] = [
            (_one_width(heading) if unit_of(heading) else plain(heading), name)
            for name, column in self.columns.items()
            for heading in ([column.code] if by_code and column.code else column.headings)
        ]
        return pairs + [(plain(heading), None) for heading in self.ignore]

    def column_key(self, heading: str) -> str:
        """A heading as it stands in ``by_heading``: with its unit where a definition tells columns apart by it."""
        whole = _one_width(heading)
        return whole if whole in self.by_heading else plain(heading)

    @cached_property
    def by_heading(self) -> dict[str, str | None]:
        """Our column name for each heading as compared; None where it is ignored on purpose."""
        return dict(self.known)

    @cached_property
    def stated_names(self) -> list[str]:
        """What files of this feed say of themselves, in the name, above the table or by definition."""
        said = {name for one in self.stated for name in one.found.groupindex} | self.states.keys()
        return sorted(said - self.columns.keys())

    def said_in(self, texts: Mapping[Place, str]) -> dict[str, str]:
        """What a file says of itself in these places: the named groups that were found, the first of each."""
        matches = (one.found.search(texts.get(place, "")) for one in self.stated for place in one.places)
        said = [pair for match in matches if match for pair in match.groupdict().items() if pair[1]]
        return dict(reversed(said))

    def fits(self, file_name: str) -> bool:
        """Whether a file of this name, lying in a folder of many feeds, is one of ours."""
        name = unicodedata.normalize("NFC", file_name)
        return _matches(name, self.files) and not _matches(name, self.except_files)

    def is_of_another(self, title: str) -> bool:
        """Whether a line above a table names a list that is expressly not ours, such as 潜在独角兽企业名单."""
        is_title = len(title) <= LONGEST_TITLE and _matches(title, self.files)
        return is_title and _matches(title, self.except_files)


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def _require_unique(known: list[tuple[str, str | None]]) -> None:
    seen: set[str] = set()
    for heading, _ in known:
        if heading in seen:
            raise ValueError(f"the heading {heading!r} is given to two columns")
        seen.add(heading)


def load_feed(path: Path) -> Feed:
    """One definition; ``like:`` takes another feed's keys and replaces those given here."""
    content, lines = read_yaml(path)
    definition = path.read_text("utf-8")
    if parent := content.pop("like", None):
        below = path.with_name(f"{parent}.yml")
        if not below.exists():
            raise DefinitionError(f"{path.name}:{lines['like',]}: there is no feed {parent}")
        inherited, _ = read_yaml(below)
        definition = below.read_text("utf-8") + definition
        content = {**inherited, **content}
    own: dict[str, Any] = {"name": path.stem, "definition": definition}
    return validated(Feed, content | own, path, lines)


@lru_cache
def load_feeds(folder: Path = FEEDS) -> dict[str, Feed]:
    """Every feed of the folder by its name, which is the name of its file."""
    return {path.stem: load_feed(path) for path in sorted(folder.glob("*.yml"))}
