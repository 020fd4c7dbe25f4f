"""The delivered cells that a fact of a firm was read from, and how a figure is written in their files."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from service.queries.files.rows import value_in
from service.queries.release.provenance import Source, source_text, sources_of
from tiers.amounts import exact_amount
from tiers.errors import TierError
from tiers.fact_input import parse_fact
from tiers.schema.facts import Fact, fact_of
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.intake.feed import Feed, load_feeds
from warehouse.quality.quarantine.decisions import Address
from warehouse.release.releases import Reader, current

UNITS = ("_fen", "_cents")
"""What a column of facts has after the name that a feed gives the same figure."""


@dataclass(frozen=True)
class Cell:
    """A field of a delivered row, its value as delivered or corrected, the unit and factor of its money, its source."""

    row: Address
    field: str
    value: str | None
    money_unit: str | None
    factor: Decimal
    source_zh: str
    source_en: str

    @property
    def address(self) -> str:
        """The subject of a decision on the cell."""
        return f"{self.row}/{self.field}"


@dataclass(frozen=True)
class Figure:
    """A fact as claimed: its column, its stored value, its entry of the vocabulary."""

    column: str
    stored: Any
    fact: Fact

    def written_in(self, cell: Cell) -> str:
        """The figure as the file of a cell would have it; raises ``BadInput`` where it has no finite decimals there."""
        if self.stored is None or self.fact.type in ("text", "date"):
            return str(self.stored or "")
        if self.fact.type == "bool":
            return "是" if self.stored else "否"
        amount = Fraction(self.stored) / self.fact.scale
        if self.fact.type == "money" and cell.money_unit:
            amount /= exact_amount(f"1{cell.money_unit}", "CNY") * Fraction(cell.factor)
        return _decimals(amount)


def figure_of(name: str, claimed: str) -> Figure:
    """Read a fact as a person writes it, ``revenue_y0`` and ``5200万元``; raises ``BadInput``."""
    try:
        column, stored = parse_fact(name.strip(), claimed.strip())
    except TierError as error:
        raise BadInput(error.zh, error.en) from error
    return Figure(column, stored, fact_of(column))


def cells_of(home: Home, release: Reader, firm_id: str, figure: Figure) -> list[Cell]:
    """The cells of service feeds that the fact was read from; none where it is worked out of several fields."""
    day = release.rows("select day from desk_run__summary")[0]["day"]
    sources = sources_of(release, firm_id, day).of([figure.column])
    cells = [_cell(home, source, figure.fact) for source in sources if source.feed is not None]
    return [cell for cell in cells if cell is not None]


def _cell(home: Home, source: Source, fact: Fact) -> Cell | None:
    feed, field = load_feeds().get(source.feed or ""), _field(fact)
    if feed is None or feed.use != "service" or field not in feed.columns:
        return None
    row = Address(feed.name, str(source.delivery_id), source.sheet or "", int(source.row_no or 0))
    delivered = value_in(current(home), row, field)
    if delivered is None:
        return None
    words = source_text(source, "zh"), source_text(source, "en")
    return Cell(row, field, delivered["value"], _money_unit(feed, field, delivered), _factor(source), *words)


def _field(fact: Fact) -> str:
    return next((fact.name.removesuffix(end) for end in UNITS if fact.name.endswith(end)), fact.name)


def _money_unit(feed: Feed, field: str, row: Mapping[str, Any]) -> str | None:
    if feed.columns[field].type != "money":
        return None
    stated = None if feed.money_unit == "stated" else feed.money_unit
    return feed.columns[field].unit or row["money_unit"] or stated


def _factor(source: Source) -> Decimal:
    return Decimal(str(source.unit_factor)) if source.unit_factor is not None else Decimal(1)


def _decimals(amount: Fraction) -> str:
    text = f"{Decimal(amount.numerator) / Decimal(amount.denominator):f}"
    if Fraction(text) != amount:
        raise BadInput(
            "按来件的单位，该数不是有限小数；请写到更少的位数",
            "in the unit of its file the figure has no finite decimals",
        )
    return text.rstrip("0").rstrip(".") if "." in text else text
