"""The questions of the page of data; a user who may not see the zone gets feeds without counts, and nothing else."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from service.queries.data import decided, feeds, names, quarantine, totals, units
from service.queries.data import releases as made
from service.queries.data import suppliers as sent
from service.queries.data.quarantine import RowFilters
from service.queries.release.records import Listed, Slice
from service.scope import Kind
from warehouse.casebook.book import Book
from warehouse.home import Home
from warehouse.release import left_inbox, releases
from warehouse.release.releases import Reader
from warehouse.rows import Row

Rows = list[Row]


class DataQueries:
    """The questions about deliveries and what waits in them, to one release in one scope."""

    def __init__(self, reader: Reader, home: Home, kind: Kind) -> None:
        self._reader, self._home, self.is_of_zone = reader, home, kind == "zone"

    def feeds(self) -> Rows:
        """See ``feeds.feeds``."""
        return feeds.feeds(self._reader)

    def refused(self) -> Rows:
        """See ``feeds.refused``."""
        return feeds.refused(self._reader, left_inbox.read(self._home))

    def groups(self, wanted: RowFilters) -> Rows:
        """See ``quarantine.groups``."""
        return quarantine.groups(self._reader, wanted)

    def waiting(self, wanted: RowFilters, part: Slice) -> Listed:
        """See ``quarantine.rows``."""
        return quarantine.rows(self._reader, wanted, part)

    def findings_on(self, address: str) -> Rows:
        """See ``quarantine.findings_on``."""
        return quarantine.findings_on(self._reader, address)

    def named(self, addresses: Sequence[str]) -> dict[str, Row]:
        """See ``quarantine.named``."""
        return quarantine.named(self._reader, addresses)

    def units(self, text: str, part: Slice) -> Listed:
        """See ``units.suspects``."""
        return units.suspects(self._reader, text, part)

    def series(self, firms: Sequence[str]) -> dict[str, Rows]:
        """See ``units.series``."""
        return units.series(self._reader, firms)

    def names(self, text: str, reason: str, part: Slice) -> Listed:
        """See ``names.mentions``; none outside the zone."""
        path = releases.path_of(self._home, self._read["run_id"])
        return names.mentions(self._reader, path, text, reason, part) if self.is_of_zone else Listed([], 0)

    def name_reasons(self) -> Rows:
        """See ``names.reasons``."""
        return names.reasons(self._reader)

    def suppliers(self) -> Rows:
        """See ``suppliers.suppliers``."""
        return sent.suppliers(self._reader)

    def trends(self) -> Mapping[str, Rows]:
        """See ``suppliers.trends``; none outside the zone."""
        return sent.trends(self._home) if self.is_of_zone else {}

    def periods(self) -> list[str]:
        """See ``totals.periods``."""
        return totals.periods(self._reader)

    def totals(self, period: str) -> tuple[Rows, Rows, Row | None]:
        """The totals of a month, those of a year, and the limits of disclosure, see ``totals``."""
        return totals.monthly(self._reader, period), totals.yearly(self._reader, period), totals.limits(self._reader)

    def releases(self, part: Slice) -> Listed:
        """See ``releases.published``; none outside the zone."""
        return made.published(self._home, part) if self.is_of_zone else Listed([], 0)

    def held(self) -> Rows:
        """See ``releases.held``; none outside the zone."""
        return made.held(self._home) if self.is_of_zone else []

    def decided(self) -> Rows:
        """See ``decided.decided``; none outside the zone."""
        return decided.decided(self._home, self._read["newest_statement"] or 0) if self.is_of_zone else []

    def seen(self) -> int:
        """The number of the last event of the casebook: what forms are drawn with, so that a later decision shows."""
        return Book(self._home).head().seq

    def counts(self) -> dict[str, int]:
        """How much waits in each part of the page."""
        feeds_late = sum(row["state"] == "late" for row in self.feeds())
        open_names = sum(row["mentions"] for row in self.name_reasons())
        return {
            "feeds": feeds_late + len(self.refused()),
            "quarantine": quarantine.waiting(self._reader),
            "units": self.units("", Slice(0, 0)).total,
            "names": open_names,
            "releases": len(self.held()),
        }

    @cached_property
    def _read(self) -> Row:
        (row,) = self._reader.rows("select run_id, newest_statement from desk_run__read_up_to")
        return row
