"""Extracts as commands, pages and HTTP routes take them: the same bytes for all, by who sees all tenants."""

from datetime import datetime
from functools import cached_property

from service.extracts import deliveries
from service.extracts.rows import Tables, known, tables
from service.extracts.writing import UNKNOWN, Extract, Last, changed_since, write
from service.queries.release import release_summary
from service.queries.release.list_files import ListFiles
from service.scope import Scope
from warehouse.casebook.events import Event
from warehouse.errors import BadInput, WarehouseError
from warehouse.home import Home
from warehouse.release.releases import Reader
from warehouse.rows import Row


class Extracts:
    """The extracts of one release.

    ``zone`` reads it in the scope of the zone, since shares of a promotion rest on stays elsewhere; the user gets an
    incubator's workbook whole, and only where all its tenants are in their scope.
    """

    def __init__(self, home: Home, scope: Scope, zone: Reader) -> None:
        self._home, self._scope, self._zone = home, scope, zone

    @cached_property
    def log_fault(self) -> WarehouseError | None:
        """Why nothing is known of earlier deliveries; asked once, since a database that is down takes its time."""
        return deliveries.fault_of(self._home)

    def incubators(self) -> list[Row]:
        """The incubators whose workbook the user may have: firms, the newest delivery as ``last``, None before it.

        While the log cannot be read ``is_delivered`` is None.
        """
        is_known = self.log_fault is None
        newest = {row["incubator"]: row for row in reversed(deliveries.log(self._home))} if is_known else {}
        run_id = self._run()["run_id"]
        return [
            {
                "incubator": name,
                "last": newest.get(name),
                "is_delivered": (name in newest and newest[name]["run_id"] == run_id) if is_known else None,
            }
            for name in sorted(known(self._zone))
            if self._sees(name)
        ]

    def has(self, incubator: str) -> bool:
        """Whether the user may have the workbook of an incubator of this name."""
        return incubator in known(self._zone) and self._sees(incubator)

    def extract(self, incubator: str, lang: str) -> Extract:
        """The workbook of the present release: the original where it was delivered, else compared with the last one.

        While the log cannot be read it is written from the release alone, and states that changes are not known.

        Raises ``BadInput`` for an incubator that there is not, or whose tenants are not all in the scope.
        """
        self._require(incubator)
        run = self._run()
        if self.log_fault is not None:
            return write(incubator, lang, run, ListFiles(self._zone).editions(), self.tables(incubator), UNKNOWN)
        delivered = deliveries.delivered_here(self._home, incubator, run["run_id"], lang)
        if delivered is not None and delivered["is_kept"]:
            return deliveries.again(self._home, delivered)
        last = deliveries.last_before(self._home, incubator, run["run_id"])
        return write(incubator, lang, run, ListFiles(self._zone).editions(), self.tables(incubator), last)

    def tables(self, incubator: str) -> Tables:
        """The rows of its sheets; raises as ``extract``."""
        self._require(incubator)
        return tables(self._zone, incubator, self._run()["day"])

    def preview(self, incubator: str, lang: str) -> tuple[list[Row], list[Row], Last | None]:
        """The rows of the sheets of changes and of tenants, and the delivery that they are compared with.

        Tenants come without signals where there is nothing to compare with: those take most of the time.
        """
        self._require(incubator)
        run = self._run()
        last = UNKNOWN if self.log_fault else deliveries.last_before(self._home, incubator, run["run_id"])
        is_compared = last is not None and last.kept is not None
        read = tables(self._zone, incubator, run["day"], with_signals=is_compared)
        return changed_since(last, read, lang), read.tenants, last

    @property
    def may_deliver(self) -> bool:
        """Whether the user may log a delivery."""
        return self._scope.may("export") and self._scope.may("edit") and self.log_fault is None

    def log(self) -> list[Row]:
        """The deliveries to the incubators of the scope, the newest first."""
        return [row for row in deliveries.log(self._home) if self._sees(row["incubator"])]

    def again(self, number: int) -> Extract:
        """The original of the delivery with a number; raises ``BadInput`` where there is none in the scope."""
        row = next((row for row in self.log() if row["seq"] == number), None)
        if row is None:
            raise BadInput(f"没有第 {number} 号交付", f"there is no delivery {number}")
        return deliveries.again(self._home, row)

    def deliver(self, incubator: str, lang: str, recipient: str, why: str, now: datetime, request: str | None) -> Event:
        """Log that the workbook of the present release is handed over, and keep its original.

        Raises ``BadInput`` for who may not export and edit, and as ``extract``.
        """
        if self.log_fault is not None:
            raise self.log_fault
        if not self.may_deliver:
            raise BadInput("您的角色不能交付", "your role delivers nothing")
        extract = self.extract(incubator, lang)
        by = self._scope.who
        return deliveries.record(self._home, extract, recipient, by=by, why=why, now=now, request=request)

    def _run(self) -> Row:
        return release_summary.freshness(self._zone)

    def _require(self, incubator: str) -> None:
        mine = [row for row in sorted(known(self._zone)) if self._sees(row)]
        if incubator not in mine:
            listed = "、".join(mine) or "（无）"
            raise BadInput(
                f"没有名为“{incubator}”的孵化器；已知：{listed}",
                f"there is no incubator {incubator!r}; known: {listed}",
            )

    def _sees(self, incubator: str) -> bool:
        scope = self._scope
        is_whole = scope.kind == "zone" or (scope.kind == "incubator" and incubator in scope.keys)
        return scope.may("see") and is_whole
