"""Work on the page of a case, by its forms and by the desk behind them."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page

from service.casework import CaseForm, Casework
from service.scope import Scope
from warehouse.home import Home
from warehouse.machine.clock import utc_now
from warehouse.release.releases import Published


def firms_of_two_incubators(home: Home) -> list[str]:
    """The codes of two firms, each the first of its incubator."""
    rows = Published(home).rows(
        "select min(firm_id) as firm_id from core_firm__tenancies where is_current group by incubator"
        " order by 1 limit 2"
    )
    return [row["firm_id"] for row in rows]


def form(page: Page, heading: str) -> Locator:
    """The form below a heading, unfolded."""
    fold = page.locator("details", has=page.get_by_text(heading, exact=True))
    fold.locator("summary").click()
    return fold


def work(home: Home, scope: Scope, do: Callable[[Casework], object]) -> object:
    """What the desk of a scope answers."""
    with Published(home).desk(*scope.sees) as desk:
        return do(Casework(home, scope, desk, utc_now))


def typed(act: str, request: str = "0123456789", **fields: str) -> CaseForm:
    """An act with its fields and a reason."""
    return CaseForm(act, {"why": "试", **fields}, request)
