"""Schema of ``settings.yml`` and ``forms.yml``: the assumptions of the guard, with their sources."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from warehouse.definition import Strict, read_yaml

HERE = Path(__file__).parent


class Block(Strict):
    """Cells that move together, the heads they are divided by, and log10 of yuan per head: middle, spread.

    ``elsewhere``: divided by yuan of another feed, not by heads; ``field`` is then the cell as the file has it.
    ``possible``: the least and the most yuan per head. ``least``: the smallest divisor that is used. ``tails``: degrees
    of freedom below and above the middle, where they are known to differ.
    """

    cells: list[str] = Field(min_length=1)
    heads: str | None = None
    least: float = 0.0
    elsewhere: bool = False
    field: str | None = None
    tails: tuple[float, float] | None = None
    usual: tuple[float, float]
    possible: tuple[float | None, float | None] = (None, None)
    rule: Literal["U01", "U02", "U03", "U04"]


class Form(Strict):
    """One kind of report, named as its feed: its blocks; ``beside`` is the other statement of the same report.

    ``heads_of``: the feed that states the head counts, where it is not this one; its SELECT gives their row as
    ``heads_delivery_id``, ``heads_sheet``, ``heads_row_no``.
    """

    name: str
    beside: str | None = None
    blocks: dict[str, Block]
    heads: list[str] = Field(min_length=1)
    heads_of: str | None = None

    @property
    def cells(self) -> list[str]:
        """The cells that are evidence, block after block."""
        return [cell for block in self.blocks.values() for cell in block.cells]

    @property
    def filed(self) -> list[str]:
        """The cells that are columns of the file under the same name."""
        return [cell for block in self.blocks.values() if not block.elsewhere for cell in block.cells]

    @property
    def per_head(self) -> list[str]:
        """The blocks that are divided by heads."""
        return [name for name, block in self.blocks.items() if not block.elsewhere]

    def tails(self, otherwise: float) -> list[tuple[float, float]]:
        """Degrees of freedom below and above the middle, block by block."""
        return [block.tails or (otherwise, otherwise) for block in self.blocks.values()]

    @property
    def sql(self) -> str:
        """The SELECT of its reports."""
        return (HERE / "reports" / f"{self.name}.sql").read_text("utf-8")


class Change(Strict):
    """From one report to the next of a firm, in powers of ten."""

    spread: float
    alike: float
    staff_spread: float
    staff_stray: float
    staff_spread_wrong: float
    grows: float
    grows_spread: float
    merges: float
    merges_spread: float
    merges_alike: float


class Peers(Strict):
    """How peers are grouped, and the weight they have."""

    sizes: list[int]
    counts_as: float
    least_spread: float
    believes_zone_within: float
    believes_group_within: float
    most_reports: int
    measured_again_at: float


class Likeness(Strict):
    """The mean correlation of the blocks of a report: default, maximum, and the fewest reports to measure it."""

    unknown: float
    at_most: float
    cut_at_spreads: float
    fewest_blocks: int
    fewest_reports: int


class UsualRange(Strict):
    """Limits of usual reports, which are not judged: spreads from peers, change in powers of ten."""

    spreads: float
    change: float


class Decision(Strict):
    """The probabilities from which the guard gives each verdict."""

    proposes_from: float
    ruled_out_below: float
    proposes_ruled_out_from: float
    agreeing_ruled_out: float
    fewest_amounts: int
    clean_from: float
    proposes_small_from: float
    small: int
    typical_from: float
    possible_from: float
    surely_typical_from: float
    staff_from: float
    agreeing_cells: float
    agrees_spreads: float
    agrees_within: tuple[float, float]
    most_shown: float


class Cell(Strict):
    """When a single cell is in doubt."""

    jump: float
    alone: float
    spreads: float
    without_history: float
    clean_within: float
    note_number: float
    years: tuple[int, int]
    too_small: float


class Together(Strict):
    """Money and staff that moved by about the same."""

    change: float
    apart: float


class Otherwise(Strict):
    """Probabilities of powers of ten that correspond to no named unit."""

    small: float
    above: float
    below: float


class Settings(Strict):
    """Powers of ten that are tried, words of units, and how likely each mistake is."""

    powers: list[int]
    units: dict[str, int]
    written_in: dict[str, float]
    otherwise: Otherwise
    impossible: float
    staff_wrong: float
    staff_errors: dict[float, float]
    years_alike: float
    elsewhere_alike: float
    keeps_unit: float
    same_report: float
    beside_counts: float
    tail: float
    stray: float
    change: Change
    peers: Peers
    likeness: Likeness
    usual_range: UsualRange
    decision: Decision
    cell: Cell
    together: Together

    @model_validator(mode="after")
    def _starts_as_filed(self) -> "Settings":
        if self.powers[0] != 0:
            raise ValueError("settings.yml: the first power is 0, the unit as filed")
        return self


@lru_cache
def settings() -> Settings:
    """Read once a process."""
    return Settings(**read_yaml(HERE / "settings.yml")[0])


@lru_cache
def forms() -> dict[str, Form]:
    """Every form the guard judges, by the name of its feed."""
    content = read_yaml(HERE / "forms.yml")[0]
    return {name: Form(name=name, **form) for name, form in content.items()}
