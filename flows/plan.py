"""The parameters of a run."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from secrets import token_hex
from zoneinfo import ZoneInfo

from warehouse.home import Home
from warehouse.release.knowledge import Known

CHINA = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The date in China, where the zones are: at 02:30 there it is still the day before by UTC."""
    return datetime.now(CHINA).date()


@dataclass(frozen=True)
class Plan:
    """One run: the inbox it reads, the two days it evaluates, and the place whose editions come first."""

    run_id: str
    root: Path
    inbox: Path
    day: date
    previous_day: date
    place: str
    started_at: datetime
    known: Known | None = None
    """What a rebuilt warehouse may know; None for a run, which knows everything that is landed and stated."""
    follows: Path | None = None
    """The release a rebuilt one came after; a run follows the current one."""
    even_so: bool = False
    """Publish whatever share of the firms changed, without the publish gate."""
    buckets: int | None = None
    """In how many buckets of firms a zone that is built anew is classified; None by its size, 1 as a whole."""
    workers: int | None = None
    """Processes of this machine that share the buckets; None one bucket after another, in the process of the run."""

    @property
    def home(self) -> Home:
        """The installation this run belongs to."""
        return Home(self.root)

    @property
    def build(self) -> Path:
        """The private file of this run; no reader opens it before it is published."""
        return self.home.builds / f"{self.run_id}.duckdb"


def same_date_last_year(day: date) -> date:
    """The day a year before; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def new_plan(root: Path, inbox: Path, day: date, place: str, now: datetime, previous_day: date | None = None) -> Plan:
    """A plan with a run number that sorts by time and cannot collide."""
    return Plan(
        run_id=f"{now:%Y%m%d-%H%M%S}-{token_hex(2)}",
        root=root.absolute(),
        inbox=inbox.absolute(),
        day=day,
        previous_day=previous_day or same_date_last_year(day),
        place=place,
        started_at=now,
    )
