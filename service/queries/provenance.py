"""Where the figures of one firm came from: the feed, the delivery and the row behind each fact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from warehouse.release.releases import Reader


@dataclass(frozen=True)
class Sources:
    """Sources by fact of the day, and of yearly facts by their suffix ``y0`` … ``y5``."""

    by_fact: dict[str, str]
    by_year: dict[str, str]

    def of(self, facts: Iterable[str]) -> list[str]:
        """The distinct sources behind some columns of facts, in their order."""
        found = (self.by_fact.get(fact) or self.by_year.get(fact.rpartition("_")[2]) for fact in facts)
        return list(dict.fromkeys(source for source in found if source))


def sources_of(published: Reader, firm_id: str, day: date) -> Sources:
    """What was told of a firm up to a day; of several tellings of one fact, the newest."""
    yearly = published.query("select year, source from mart_firm__history where firm_key = firm_key($1)", [firm_id])
    told = published.query(
        "select fact, arg_max(source, coalesce(told_on, date '0001-01-01')) as source"
        " from mart_firm__sources inner join ref_fact_topics using (topic)"
        " where firm_key = firm_key($1) and (told_on is null or told_on <= $2) group by fact",
        [firm_id, day],
    )
    return Sources(
        {row["fact"]: row["source"] for row in told},
        {f"y{day.year - 1 - row['year']}": row["source"] for row in yearly},
    )


def facts_of_conditions(published: Reader) -> Mapping[tuple[str, str], list[str]] | None:
    """The columns of facts each condition rested on when the release was made, by edition and condition.

    None for a release of before these were kept.
    """
    if not published.query("select 1 from duckdb_tables() where table_name = 'ref_condition_facts'"):
        return None
    rows = published.query(
        "select edition_id, condition_id, list(fact order by seq) as facts from ref_condition_facts group by all"
    )
    return {(row["edition_id"], row["condition_id"]): row["facts"] for row in rows}
