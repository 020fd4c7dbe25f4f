"""The firm and the place a decision is about, from the current release, and whether the user sees the firm."""

from datetime import date

from service.queries.firm.firm_lookup import find_firm
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.models.working_days import day_after
from warehouse.release.releases import DeskHome, Published


def firm_id_of(home: Home, words: str) -> str:
    """The firm that these words name; raises ``BadInput`` for none and for several."""
    with Published(home).at_once() as release:
        return str(find_firm(release, words)["firm_id"])


def is_seen(home: Home, firm_id: str) -> bool:
    """Whether a firm is in the scope of the user; of a home that no desk limits every firm is, also a former one."""
    if not isinstance(home, DeskHome):
        return True
    return bool(home.desk.rows("select 1 from desk_firm where firm_id = $1", [firm_id]))


class NoSuchFirm(BadInput):
    """There is no such firm, or none in the scope of the user."""


def require_seen(home: Home, firm_id: str) -> None:
    """Raise ``NoSuchFirm`` for a firm out of the scope, as for one that there is not."""
    if not is_seen(home, firm_id):
        raise NoSuchFirm(f"没有这家企业：{firm_id}", f"there is no firm {firm_id}")


def place_of(home: Home) -> str:
    """The place of the current release, whose calendar counts."""
    return str(Published(home).rows("select place from desk_run__summary")[0]["place"])


def deadline(home: Home, day: date, working_days: int) -> date:
    """The last day of a clock of working days that starts on a day, which is itself not counted (民法典 201)."""
    return day_after(place_of(home), day, working_days)
