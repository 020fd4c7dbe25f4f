"""Who decides, why and when, and what of the case was on the screen."""

from dataclasses import dataclass
from datetime import date, datetime

from service.wording.shown_moments import local_day


@dataclass(frozen=True)
class Signed:
    """``version``: of the case that was seen, None for whatever is newest; ``request``: the number of the form."""

    by: str
    why: str
    now: datetime
    version: int | None = None
    request: str | None = None

    @property
    def today(self) -> date:
        """The day of the decision, in local time."""
        return local_day(self.now)
