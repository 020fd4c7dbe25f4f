"""The rows of the page of a firm, by its number; each part is read when it is first asked for."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from service.queries.release.provenance import Sources, delivered_rows, facts_of_conditions, sources_of
from service.queries.release.tables import has_view
from tiers import load_rulebook
from tiers.messages.due_steps import with_steps
from warehouse.release.releases import Reader
from warehouse.rows import Row

_OWNERS = (
    "select owner.fact, owner.owner_zh, owner.owner_en from desk_fact__owners as owner"
    " where list_contains($1::varchar[], owner.fact)"
)
_DUE = (
    "select due.* from desk_firm__due as due cross join desk_parameter as parameter"
    " where firm_key = firm_key($1) and firm_id = $1 and (state = 'open' or is_overdue)"
    " order by due_on nulls last, start_by, duty, period"
)


class FirmFile:
    """The rows of one firm from the marts of an open release; ``conditions`` by edition.

    Provenance is data: ``sources`` of a condition and of a year are lists of ``Source``, ``source`` of a title is one.
    """

    def __init__(self, release: Reader, firm_id: str, profile: Row) -> None:
        self._release, self._firm_id, self.profile = release, firm_id, profile

    def _rows(self, sql: str) -> list[Row]:
        return self._release.rows(sql, [self._firm_id])

    @cached_property
    def run(self) -> Row:
        """Run, days and place of the release."""
        return self._release.rows("select run_id, day, previous_day, place, published_at from desk_run__summary")[0]

    @property
    def day(self) -> date:
        """The evaluation day."""
        return self.run["day"]  # type: ignore[no-any-return]

    @cached_property
    def mover(self) -> Row | None:
        """Its row among the movers; None where the release has none."""
        movers = self._rows("select * from desk_movers__firms where firm_id = $1")
        return movers[0] if movers else None

    @cached_property
    def signals(self) -> list[Row]:
        """The signals with what to do about each; none in a release of before there were any."""
        if not has_view(self._release, "desk_movers__signals"):
            return []
        return self._rows(
            "select given.*, signal.do_zh, signal.do_en from desk_movers__signals as given"
            " inner join desk_ref_signals as signal using (signal)"
            " where firm_key = firm_key($1) and firm_id = $1 order by signal_seq, designation"
        )

    @cached_property
    def places(self) -> dict[str, Row]:
        """What is held, met or applied for, by designation; with ``application`` and ``applied_on``."""
        if not has_view(self._release, "desk_movers__titles"):
            return {}
        rows = self._rows("select * from desk_movers__titles where firm_key = firm_key($1) and firm_id = $1")
        return {row["designation"]: row for row in rows}

    @cached_property
    def due(self) -> list[Row]:
        """What is due or was missed shortly ago, the earliest first; none in an older release."""
        return with_steps(self._rows(_DUE)) if has_view(self._release, "desk_firm__due") else []

    @cached_property
    def _titles(self) -> list[Row]:
        return self._rows(
            "select * from desk_firm__titles where firm_key = firm_key($1)"
            " order by rank nulls last, valid_from desc, title_id"
        )

    @cached_property
    def titles(self) -> list[Row]:
        """The rows of lists with their source."""
        sources = delivered_rows(self._release, self._titles)
        return [{**title, "source": own[0]} for title, own in zip(self._titles, sources, strict=True)]

    @cached_property
    def held(self) -> dict[str, Row]:
        """The titles held, by designation, without their source."""
        return {title["designation"]: title for title in self._titles if title["is_held"]}

    @cached_property
    def verdicts(self) -> list[Row]:
        """The verdict of every edition, that of the lowest rung first."""
        return self._rows("select * from desk_firm__verdicts where firm_key = firm_key($1) order by rank, edition_id")

    @cached_property
    def findings(self) -> dict[str, list[Row]]:
        """The conditions by edition in the order of their text, without their sources."""
        grouped: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows(
            "select * from desk_firm__evidence where firm_key = firm_key($1) order by edition_id, seq"
        ):
            grouped[row["edition_id"]].append(row)
        return grouped

    @cached_property
    def conditions(self) -> dict[str, list[Row]]:
        """The same with their sources."""
        return {edition: self.sourced(edition) for edition in self.findings}

    def sourced(self, edition: str) -> list[Row]:
        """The conditions of one edition with their sources."""
        return [
            {**row, "sources": self._sources.of(self._facts_of(edition, row["condition_id"]))}
            for row in self.findings.get(edition, [])
        ]

    @cached_property
    def history(self) -> list[Row]:
        """The figures by year."""
        rows = self._rows("select * from desk_firm__history where firm_key = firm_key($1) order by year")
        return [{**row, "sources": self._sources.of_year(row["year"])} for row in rows]

    def owners_of_missing(self, edition: str) -> dict[str, Row]:
        """Who has each figure that conditions of an edition lack, in words by fact; without those of nobody known."""
        missing = sorted({row["missing_fact"] for row in self.findings.get(edition, []) if row["missing_fact"]})
        if not missing or not has_view(self._release, "desk_fact__owners"):
            return {}
        return {row["fact"]: row for row in self._release.rows(_OWNERS, [missing])}

    @cached_property
    def _sources(self) -> Sources:
        return sources_of(self._release, self._firm_id, self.day)

    @cached_property
    def _inputs(self) -> Any:
        return facts_of_conditions(self._release)

    def _facts_of(self, edition: str, condition: str) -> Sequence[str]:
        if self._inputs is None:
            return load_rulebook().inputs(edition, condition, self.day)
        return self._inputs.get((edition, condition), ())  # type: ignore[no-any-return]


def read_firm(release: Reader, firm_id: str) -> FirmFile | None:
    """The file of a firm in a release, to be read while that is open; None where it has none of that number."""
    profile = release.rows("select * from desk_firm__profile where firm_key = firm_key($1) and firm_id = $1", [firm_id])
    return FirmFile(release, firm_id, profile[0]) if profile else None
