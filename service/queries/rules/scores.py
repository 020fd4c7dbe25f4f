"""Scores by a points scheme from what is published: one firm broken down, or all firms in order."""

from pathlib import Path

import polars as pl

from service.queries.firm.firm_lookup import find_firm
from tiers.errors import TierError
from tiers.points_scheme import Scheme, Score, Scores, compare_scores, load_schemes, read_scheme, score
from tiers.points_scheme.loader import scheme_of
from tiers.points_scheme.scoring import columns_needed, unit_of
from tiers.schema.facts import label
from tiers.schema.points import TENTHS
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.releases import Published
from warehouse.rows import Row
from warehouse.rule_exchange import exchange


def of_firm(home: Home, words: str, name: str) -> Row:
    """A firm's score by a scheme (its id, or the file of a draft), with every indicator behind it.

    Raises ``BadInput`` where the firm or the scheme is not known, or the scheme scores nobody.
    """
    published = Published(home)
    scheme, scores = _scored(home, published, name)
    firm, total = _total_of(published, scores, words)
    parts = scores.breakdown().filter(pl.col("firm_id") == firm["firm_id"]).to_dicts()
    return {
        "firm": firm,
        "scheme": _described(scheme),
        "score": _in_points(total),
        "indicators": [_indicator(scheme, part) for part in parts],
    }


def compared(home: Home, words: tuple[str, str], name: str) -> Row:
    """Two firms' totals by one scheme, and whether the first is surely higher or lower; raises as ``of_firm``."""
    published = Published(home)
    scheme, scores = _scored(home, published, name)
    firms = [_total_of(published, scores, firm_words) for firm_words in words]
    first, second = (
        Score(scheme.id, total["low"], total["high"], total["day"] if scheme.is_relative else None)
        for _, total in firms
    )
    comparison = compare_scores(first, second)
    return {
        "scheme": _described(scheme),
        "firms": [{"firm": firm, "score": _in_points(total)} for firm, total in firms],
        "result": comparison.result,
        "reason": comparison.reason and {"zh": comparison.reason.zh, "en": comparison.reason.en},
    }


def of_all(home: Home, name: str) -> tuple[Row, list[Row]]:
    """The scheme, and every firm with its range by it, the surest highest first."""
    published = Published(home)
    scheme, scores = _scored(home, published, name)
    names = pl.DataFrame(published.rows("select firm_id, name from core_firm"), infer_schema_length=None)
    rows = scores.totals.join(names, on="firm_id", how="left")
    rows = rows.sort(["low", "high", "firm_id"], descending=[True, True, False])
    return _described(scheme), [_in_points(row) for row in rows.to_dicts()]


def schemes() -> list[Row]:
    """Every scheme: what it is called, and whether it has weights."""
    return [_described(scheme) for scheme in load_schemes().values()]


def _total_of(published: Published, scores: Scores, words: str) -> tuple[Row, Row]:
    """The firm, and its row of the totals; raises ``BadInput`` where it did not exist on the day."""
    firm = find_firm(published, words)
    totals = scores.totals.filter(pl.col("firm_id") == firm["firm_id"])
    if totals.is_empty():
        raise BadInput(f"评价日还没有这家企业：{words}", f"there was no such firm yet on the day: {words}")
    return firm, totals.row(0, named=True)


def _scored(home: Home, published: Published, name: str) -> tuple[Scheme, Scores]:
    try:
        scheme = read_scheme(Path(name)) if name.endswith((".yml", ".yaml")) else scheme_of(name)
        day = published.rows("select day from mart_run__summary")[0]["day"]
        facts = exchange.facts_of_day(releases.current(home), day, columns_needed(scheme, day))
        return scheme, score(facts, scheme, day)
    except TierError as error:
        raise BadInput(error.zh, error.en) from error
    except FileNotFoundError as error:
        raise BadInput(f"没有这个文件：{name}", f"there is no such file: {name}") from error


def _described(scheme: Scheme) -> Row:
    return {
        "scheme_id": scheme.id,
        "title_zh": scheme.title.zh,
        "title_en": scheme.title.en,
        "is_example": scheme.is_example,
        "has_weights": scheme.has_weights,
        "in_force_from": scheme.in_force.from_,
        "in_force_to": scheme.in_force.to,
        "document": scheme.document.title,
        "confidence": scheme.document.confidence,
    }


def _in_points(row: Row) -> Row:
    """Tenths as points, for people and pipelines."""
    tenths = {key: row[key] / TENTHS for key in ("low", "high", "total", "weight") if row.get(key) is not None}
    return {**row, **tenths}


def _indicator(scheme: Scheme, part: Row) -> Row:
    group, indicator = next(pair for pair in scheme.indicators if pair[1].id == part["indicator_id"])
    missing = part["missing_fact"]
    return {
        **_in_points(part),
        "zh": indicator.zh,
        "en": indicator.en,
        "group_zh": group.zh,
        "group_en": group.en,
        "unit": unit_of(indicator),
        "missing_zh": label(missing, "zh") if missing else None,
        "missing_en": label(missing, "en") if missing else None,
    }
