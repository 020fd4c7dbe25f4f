"""Odds of reaching and losing titles, and their record: what was forecast, and what happened."""

from typing import Any

from service.queries.firm.firm_lookup import find_firm
from warehouse.home import Home
from warehouse.release.releases import Published
from warehouse.rows import Row

_COLUMNS = (
    "odds.firm_id, firm.name, odds.kind, odds.designation, title.zh, title.en, odds.is_nearest, odds.is_pending,"
    " odds.odds, odds.low, odds.high, odds.like_firms, odds.basis, odds.refused_reason,"
    " learned.refused_zh, learned.refused_en"
)
_ODDS = (
    f"select {_COLUMNS} from core_firm__odds as odds"  # noqa: S608 - our names
    " inner join core_firm as firm using (firm_id)"
    " inner join ref_designations as title on odds.designation = title.designation"
    " inner join core_odds__basis as learned"
    " on odds.kind = learned.kind and odds.designation = learned.designation"
)


def of_firm(home: Home, words: str) -> Row:
    """The odds of one firm, its present and its next title first; raises ``BadInput`` where it cannot be found."""
    published = Published(home)
    firm = find_firm(published, words)
    rows = published.rows(
        f"{_ODDS} where odds.firm_key = firm_key($1) and odds.firm_id = $1"
        " order by odds.is_nearest desc, odds.kind, title.rank",
        [firm["firm_id"]],
    )
    return {"firm": firm, "day": _day(published), "odds": rows}


def listed(home: Home, kind: str | None = None, designation: str | None = None) -> list[Row]:
    """Firms with odds, the highest first; of one kind (``reach``, ``lose``) or title where named."""
    return Published(home).rows(
        f"{_ODDS} where odds.odds is not null and odds.kind = coalesce($1, odds.kind)"
        " and odds.designation = coalesce($2, odds.designation)"
        " order by odds.odds desc, odds.kind, odds.designation, odds.firm_id",
        [kind, designation],
    )


def record(home: Home) -> Row:
    """By kind and title: ``bases`` with history or refusal, Brier ``scores`` by year, ``bins`` of reliability."""
    published = Published(home)
    with published.at_once() as release:
        return {
            "bases": release.rows(
                "select learned.* exclude (history), title.zh, title.en from core_odds__basis as learned"
                " inner join ref_designations as title using (designation) order by learned.kind, title.rank"
            ),
            "scores": release.rows("from mart_zone__odds_record order by kind, designation, year"),
            "bins": release.rows("from mart_zone__odds_bins order by kind, designation, bin"),
        }


def _day(published: Published) -> Any:
    return published.rows("select day from mart_run__summary")[0]["day"]
