"""The firm and the place a decision is about, from the current release."""

from datetime import date

from service.queries.firm_lookup import find_firm
from warehouse.home import Home
from warehouse.release.releases import Published
from warehouse.working_days import day_after


def firm_id_of(home: Home, words: str) -> str:
    """The firm that these words name; raises ``BadInput`` for none and for several."""
    with Published(home).at_once() as release:
        return str(find_firm(release, words)["firm_id"])


def place_of(home: Home) -> str:
    """The place of the current release, whose calendar counts."""
    return str(Published(home).rows("select place from mart_run__summary")[0]["place"])


def deadline(home: Home, day: date, working_days: int) -> date:
    """The last day of a clock of working days that starts on a day, which is itself not counted (民法典 201)."""
    return day_after(place_of(home), day, working_days)
