"""What is worked out about one firm when it is asked for: next step, trials, worth, duties, services, what happened.

The firm was looked up within the scope before (``Casework.study``).
"""

from collections.abc import Mapping
from datetime import date

from service.casework.timeline import timeline
from service.queries.cases.owners import owners
from service.queries.firm import trial
from service.queries.firm.benefits import worth_rows
from service.queries.firm.entitlements import entitlements
from service.queries.firm.obligations import duties
from service.queries.firm.services import for_firm, given_to
from service.queries.firm.tax_years import settled_year
from service.queries.firm.what_if import step
from tiers.benefits.worth import FIGURES
from warehouse.home import Home
from warehouse.release.releases import Published
from warehouse.rows import Row

_FACTS = (
    f"select day, {', '.join(FIGURES)} from desk_firm__facts inner join desk_parameter using (day)"  # noqa: S608 - our names
    " where firm_key = firm_key($1) and firm_id = $1"
)


class Study:
    """One firm of a home, on the day of its release."""

    def __init__(self, home: Home, firm_id: str, today: date) -> None:
        self._home, self._firm_id, self._today = home, firm_id, today

    def owner(self) -> Row | None:
        """Owner of the firm and acting officer today; None without an owner."""
        return next((row for row in owners(self._home, self._today) if row["firm_id"] == self._firm_id), None)

    def step(self, designation: str) -> Row:
        """The smallest change of figures that meets a designation, as ``what_if.step``."""
        return step(self._home, self._firm_id, designation)

    def figures(self, designation: str) -> list[Row]:
        """The figures that may be tried out towards a designation, as ``trial.figures``."""
        return trial.figures(trial.basis(self._home, self._firm_id, designation))

    def try_out(self, designation: str, changes: Mapping[str, str]) -> Row:
        """The verdicts and margins with other figures, as ``trial.try_out``; nothing is kept."""
        return trial.try_out(trial.basis(self._home, self._firm_id, designation), changes)

    def contestable(self) -> list[Row]:
        """The figures of the last years that are on record, with their words and values: what can be contested."""
        return trial.contestable(self._home, self._firm_id)

    def worth(self, designation: str) -> list[Row]:
        """What a designation is worth to the firm in a year, a row a relief."""
        published = Published(self._home)
        facts = published.rows(_FACTS, [self._firm_id])
        if not facts:
            return []
        settled = settled_year(published, self._firm_id, facts[0]["day"].year - 1) or {}
        return worth_rows(designation, {**settled, **facts[0]}, facts[0]["day"])

    def entitlements(self) -> Row:
        """The best lawful set of tax benefits, and what was left out and why."""
        return entitlements(self._home, self._firm_id)

    def duties(self) -> Row:
        """Of every title held, what is owed and what ends it."""
        return duties(Home(self._home.root), self._firm_id)  # what it asks is not of a desk; the firm was found there

    def services(self) -> list[Row]:
        """The services that answer the firm, the best first."""
        return for_firm(self._home, self._firm_id)

    def given(self) -> list[Row]:
        """The services it was given."""
        return given_to(self._home, self._firm_id)

    def timeline(self) -> list[Row]:
        """Everything that happened to it, the newest first, as ``timeline``."""
        return timeline(self._home, self._firm_id)
