"""Names in deliveries that no rule joins to a firm, each with the firms that it may mean."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from service.queries.release.records import Listed, Slice
from warehouse.identity.likeness import proposals
from warehouse.release.releases import Reader
from warehouse.rows import Row

Likest = Mapping[str, Sequence[tuple[str, float]]]

_OPEN = (
    " from desk_data__mentions as mention inner join desk_data__matches as match using (mention_id)"
    " inner join desk_deliveries as d on mention.delivery_id = d.delivery_id"
    " inner join desk_ref_feeds as feed on mention.feed = feed.feed"
    " where match.firm_id is null and ($1 = '' or contains(mention.name, $1)) and ($2 = '' or match.match_method = $2)"
)


def mentions(release: Reader, path: Path, text: str, reason: str, part: Slice) -> Listed:
    """Unmatched mentions; ``candidates`` are firms, those a rule names first, then the likest.

    ``path`` is the file of the release, whose names are compared.
    """
    rows = release.rows(
        "select mention.mention_id, mention.feed, feed.zh as feed_zh, feed.en as feed_en, d.file_name, mention.sheet,"
        " mention.row_no, mention.name, mention.name_norm, mention.uscc, mention.certificate_no, match.match_method,"
        f" match.candidates as by_rule{_OPEN} order by match.match_method, mention.name_norm, mention.mention_id"
        " limit $3 offset $4",
        [text.strip(), reason, part.limit, part.offset],
    )
    (counted,) = release.rows(f"select count(*) as total{_OPEN}", [text.strip(), reason])
    likest = proposals(path, tuple(sorted({row["name_norm"] for row in rows if row["name_norm"]})))
    firms = _firms(release, [firm for row in rows for firm in _wanted(row, likest)])
    return Listed([{**row, "candidates": _candidates(row, likest, firms)} for row in rows], counted["total"])


def reasons(release: Reader) -> list[Row]:
    """Why mentions are not joined, with how many of each."""
    return release.rows(
        "select match_method, count(*) as mentions from desk_data__matches where firm_id is null"
        " group by all order by 1"
    )


def _wanted(row: Row, likest: Likest) -> list[str]:
    by_rule = row["by_rule"] or []
    return [*by_rule, *(firm for firm, _ in likest.get(row["name_norm"], []) if firm not in by_rule)]


def _firms(release: Reader, firm_ids: Sequence[str]) -> dict[str, Row]:
    rows = release.rows(
        "select firm_id, name, uscc, status, founded_on, division_code from desk_firm"
        " where list_contains($1::varchar[], firm_id)",
        [sorted(set(firm_ids))],
    )
    return {row["firm_id"]: row for row in rows}


def _candidates(row: Row, likest: Likest, firms: dict[str, Row]) -> list[Row]:
    scores = dict(likest.get(row["name_norm"], []))
    by_rule = row["by_rule"] or []
    return [
        {**firms[firm], "score": None if firm in by_rule else scores.get(firm)}
        for firm in _wanted(row, likest)
        if firm in firms
    ]
