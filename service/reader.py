"""The published release of one home, as pages and HTTP routes ask it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from service.queries import movers, release_summary
from service.queries.firm_page import FirmFile, read_firm
from service.queries.movers import Filters
from service.scope import Scope
from warehouse.errors import NoRelease as NoRelease
from warehouse.home import Home
from warehouse.release.releases import Published, Reader

Row = dict[str, Any]


class ReleaseQueries:
    """The questions of the pages to one release, answered within a scope."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def freshness(self) -> Row:
        """See ``release_summary.freshness``."""
        return release_summary.freshness(self._reader)

    def ladder(self) -> list[Row]:
        """See ``release_summary.ladder``."""
        return release_summary.ladder(self._reader)

    def mover_totals(self, filters: Filters) -> list[Row]:
        """See ``movers.totals``."""
        return movers.totals(self._reader, filters)

    def mover_choices(self) -> movers.Choices:
        """See ``movers.choices``."""
        return movers.choices(self._reader)

    def mover_count(self, filters: Filters) -> int:
        """See ``movers.count``."""
        return movers.count(self._reader, filters)

    def mover_rows(self, filters: Filters, start: int, end: int, sort: Sequence[Mapping[str, str]]) -> list[Row]:
        """See ``movers.page``."""
        return movers.page(self._reader, filters, start, end, sort)

    def firm(self, firm_id: str) -> FirmFile | None:
        """See ``firm_page.read_firm``."""
        return read_firm(self._reader, firm_id)


class Service:
    """Gives the current release of a home; one that is published later is taken at the next question."""

    def __init__(self, home: Home) -> None:
        self._published = Published(home)

    @contextmanager
    def release(self, scope: Scope) -> Iterator[ReleaseQueries]:
        """The current release for the questions of one page, within a scope; raises ``NoRelease`` before the first."""
        with self._published.desk(*scope.sees) as desk:
            yield ReleaseQueries(desk)
