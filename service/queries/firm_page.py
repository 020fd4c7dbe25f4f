"""The rows of the page of a firm, by its number."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.queries.provenance import Sources, facts_of_conditions, sources_of, sources_of_titles
from service.queries.tables import has_view
from tiers import load_rulebook
from warehouse.release.releases import Reader

Row = dict[str, Any]


@dataclass(frozen=True)
class FirmFile:
    """The rows of one firm from the marts; ``conditions`` by edition.

    Provenance is data: ``sources`` of a condition and of a year are lists of ``Source``, ``source`` of a title is one.
    """

    profile: Row
    mover: Row | None
    signals: list[Row]
    titles: list[Row]
    held: dict[str, Row]
    verdicts: list[Row]
    conditions: dict[str, list[Row]]
    history: list[Row]


def read_firm(release: Reader, firm_id: str) -> FirmFile | None:
    """The rows of a firm in a release; None where it has none of that number."""

    def rows(sql: str) -> list[Row]:
        return release.rows(sql, [firm_id])

    profile = rows("select * from desk_firm__profile where firm_key = firm_key($1) and firm_id = $1")
    if not profile:
        return None
    movers = rows("select * from desk_movers__firms where firm_id = $1")
    day = release.rows("select day from desk_run__summary")[0]["day"]
    sources, sources_by_title = sources_of(release, firm_id, day), sources_of_titles(release, firm_id)
    titles = rows(
        "select * from desk_firm__titles where firm_key = firm_key($1)"
        " order by rank nulls last, valid_from desc, title_id"
    )
    titles = [{**title, "source": sources_by_title[title["title_id"]]} for title in titles]
    history = rows("select * from desk_firm__history where firm_key = firm_key($1) order by year")
    return FirmFile(
        profile=profile[0],
        mover=movers[0] if movers else None,
        signals=_signals(release, firm_id),
        titles=titles,
        held={title["designation"]: title for title in titles if title["is_held"]},
        verdicts=rows("select * from desk_firm__verdicts where firm_key = firm_key($1) order by rank, edition_id"),
        conditions=_conditions(release, firm_id, day, sources),
        history=[{**row, "sources": sources.of_year(row["year"])} for row in history],
    )


def _signals(release: Reader, firm_id: str) -> list[Row]:
    """The signals of a firm with what to do about each; none in a release of before there were any."""
    if not has_view(release, "desk_movers__signals"):
        return []
    return release.rows(
        "select given.*, signal.do_zh, signal.do_en from desk_movers__signals as given"
        " inner join desk_ref_signals as signal using (signal) where firm_id = $1 order by signal_seq, designation",
        [firm_id],
    )


def _conditions(release: Reader, firm_id: str, day: date, sources: Sources) -> dict[str, list[Row]]:
    inputs = facts_of_conditions(release)
    conditions: dict[str, list[Row]] = defaultdict(list)
    for row in release.rows(
        "select * from desk_firm__evidence where firm_key = firm_key($1) order by edition_id, seq",
        [firm_id],
    ):
        edition, condition = row["edition_id"], row["condition_id"]
        if inputs is None:
            facts: Sequence[str] = load_rulebook().inputs(edition, condition, day)
        else:
            facts = inputs.get((edition, condition), ())
        conditions[edition].append({**row, "sources": sources.of(facts)})
    return conditions
