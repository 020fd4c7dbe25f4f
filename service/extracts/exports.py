"""What was taken away, by whom and of which release; what of it was revised since; cards for suppliers."""

from functools import lru_cache
from pathlib import Path

from service.people.installation import People
from service.queries.data.quarantine import SUPPLIER_NAMES
from service.scope import LOCAL, Scope
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.outputs.file_names import file_stem
from warehouse.release import releases
from warehouse.release.changes import changes
from warehouse.release.releases import Published
from warehouse.rows import Row

NEWEST, EVERY = 200, 10_000_000
"""Exports of one page; of one run all, since everyone who took it is to be notified."""
READERS = frozenset({"statistician", LOCAL})
"""Roles that see who exported; an administrator reads the whole list of accesses."""
FIGURE = "figure"


class Exports:
    """The exports of an installation, for who answers for its figures."""

    def __init__(self, home: Home, scope: Scope, people: People) -> None:
        self._home, self._scope = home, scope
        self._accesses = people.accesses
        self.has_people = people.accounts.is_any()

    @property
    def may_know(self) -> bool:
        """Whether the user may see who exported what: the statistician of the zone."""
        return self._scope.role in READERS and self._scope.kind == "zone"

    def entries(self, run_id: str | None = None) -> list[Row]:
        """The newest exports with ``run``, ``rows`` and ``sha256`` where the file had them; of one run where named."""
        if not self.may_know or not self.has_people:
            return []
        rows = self._accesses.entries(kind="exported", limit=NEWEST if run_id is None else EVERY)
        worded = [
            {**row, **{key: row["content"].get(key) for key in ("run", "rows", "sha256", "format")}} for row in rows
        ]
        return [row for row in worded if run_id in (None, row["run"])]

    def revised(self, run_id: str) -> list[Row]:
        """The figures of a run that the present release has otherwise, by firm; raises ``BadInput``, as for no run."""
        if not self.may_know:
            raise BadInput("您的角色看不到导出记录", "your role does not see who exported")
        return [row for row in _changes(*self._paths(run_id)) if row["kind"] == FIGURE]

    def _paths(self, run_id: str) -> tuple[Path, Path]:
        return releases.of_run(self._home, run_id), releases.current(self._home)

    def cards(self) -> list[Path]:
        """The report cards of suppliers of the present release, pages and CSV files; none outside the zone's scope."""
        if not self._scope.may("export") or self._scope.kind != "zone":
            return []
        folder = self._home.report_cards / releases.current(self._home).stem
        return sorted(path for path in folder.glob("*") if path.suffix in (".html", ".csv"))

    def supplier_names(self) -> dict[str, Row]:
        """The names of suppliers in both languages by the stem of their cards."""
        with Published(self._home).at_once() as release:
            return {
                file_stem(row["supplier"]): {"zh": row["supplier"], "en": row["supplier_en"]}
                for row in release.rows(SUPPLIER_NAMES)
            }


@lru_cache(maxsize=8)
def _changes(before: Path, after: Path) -> list[Row]:
    return changes(before, after)
