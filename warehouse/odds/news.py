"""Of which firms a part tells something else about earlier year ends than its release, so that their history is new.

Most of what is delivered is about the year since the last of these year ends, and leaves the history as it was.
"""

from collections.abc import Collection

from tiers.movement.odds import odds_limits
from warehouse.database.build import Build
from warehouse.models import graph
from warehouse.odds.history import HELD, YEARLY, known_reports, reports, year_ends

NEWS = "history_news"


def write_news(build: Build, firms: str, part: str, changed: Collection[str]) -> None:
    """``NEWS``: those of ``firms`` whose rows in what history is read from differ between a build and its part.

    ``changed``: the tables that may differ; those without rows are not planned, which takes longer than reading them.
    """
    day = year_ends(build.value(f"select day from {part}.parameter"), odds_limits())[-1]  # noqa: S608 - our own names
    rows = " union all ".join(
        f"select *, {count} as copies from ({_rows(build, release, firms, changed)})"  # noqa: S608
        for release, count in (("", 1), (f"{part}.", -1))
    )
    build.execute(
        f"create or replace temp table {NEWS} as select distinct firm_id from ("  # noqa: S608
        f"select firm_id from ({rows}) group by firm_id, source, value having sum(copies) <> 0)",
        {"day": day} if "$day" in rows else {},
    )


def _rows(build: Build, release: str, firms: str, changed: Collection[str]) -> str:
    """SELECT of firm_id, source and a hash of each row that the history of these firms is read from."""
    of_firms = f"semi join {firms} using (firm_id)"
    parts = [f"select firm_id, '' as source, 0::ubigint as value from {firms} where false"]  # noqa: S608
    parts += [
        f"select firm_id, '{table}' as source, hash(entry) as value from {release}{table} as entry {of_firms}"  # noqa: S608
        for table in sorted(sources().intersection(changed))
        if "firm_id" in build.columns(table)
    ]
    for table in sorted(set(reports()).intersection(changed)):
        code, owner = ("uscc", "core_firm") if "uscc" in build.columns(table) else ("stock_code", "core_firm__shares")
        owners = f"(select distinct firm_id, {code} from {release}{owner} {of_firms})"  # noqa: S608
        own = f"(from {release}{table} semi join {owners} using ({code}))"
        known = known_reports(own, f"{release}deliveries", code)
        parts.append(
            f"select firm_id, '{table}' as source, hash(entry) as value from ({known}) as entry"  # noqa: S608
            f" inner join {owners} as owner on entry.{code} = owner.{code}"
        )
    return " union all ".join(parts)


def sources() -> set[str]:
    """The tables below the facts, and what became of a firm."""
    made = {HELD, YEARLY, *graph.tables("facts")}
    return {source for table in made for source in graph.reads(table)} - made
