"""Estimates a zone's thresholds from its own released figures: the middle of the logarithms and robust spreads.

Nothing is used by itself: a person keeps an estimate, as a statement that the next run reads.
"""

import math
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from warehouse.casebook.statements import Casebook, Statement
from warehouse.errors import BadInput
from warehouse.quality.thresholds import KIND, Estimate, thresholds
from warehouse.release.releases import Published

MAD = 1.4826
"""Turns the median of deviations into a standard deviation, were the logarithms normal."""


def estimates(release: Published) -> list[dict[str, Any]]:
    """Each threshold a zone can estimate: value before and after, the sample, and how many firm-years fire."""
    (run,) = release.rows("select run_id from run")
    standing = {row["name"]: row["value"] for row in release.rows("select name, value from ref_threshold")}
    rows = []
    for name, limit in thresholds().limits.items():
        if limit.zone:
            rows.append({"name": name, "run_id": run["run_id"], **_estimate(release, limit.zone, standing[name])})
    return rows


def _estimate(release: Published, zone: Estimate, before: Decimal) -> dict[str, Any]:
    measure = thresholds().measures[zone.measure]
    sign = "<" if zone.side == "low" else ">"
    logs = (
        f"with logs as (select log10({measure}) as x from core_firm__yearly"  # noqa: S608 - our own measures
        f" where basis = 'filed' and {measure} > 0)"
    )
    (found,) = release.rows(f"{logs} select count(*) as firms, median(x) as middle, mad(x) as spread from logs")  # noqa: S608
    said: dict[str, Any] = {"firms": found["firms"], "before": float(before), "after": None, "note": ""}
    if found["firms"] < thresholds().fewest or not found["spread"]:
        return said | {"note": f"样本不足 {thresholds().fewest} fewer than {thresholds().fewest}"}
    reach = float(zone.spreads) * MAD * found["spread"]
    after = _rounded(10 ** (found["middle"] + (-reach if zone.side == "low" else reach)))
    for word, value in (("before", float(before)), ("after", after)):
        (fires,) = release.rows(f"{logs} select count(*) as n from logs where x {sign} log10($1)", [value])  # noqa: S608
        said[f"fires_{word}"] = fires["n"]
    return said | {"after": after}


def _rounded(value: float) -> float:
    """Two digits that count: an estimate is no more exact."""
    return float(round(value, 1 - math.floor(math.log10(value))))


def keep(
    book: Casebook, rows: Sequence[dict[str, Any]], only: Sequence[str] | None, *, by: str, why: str, now: datetime
) -> list[Statement]:
    """State the estimates, all or some by name; raises ``BadInput`` for a name that has none."""
    ready = {row["name"]: row for row in rows if row["after"] is not None}
    if missing := set(only or ()) - ready.keys():
        names = "、".join(sorted(missing))
        raise BadInput(f"没有可保留的估计：{names}", f"there is no estimate to keep: {names}")
    return [
        book.say(KIND, name, {"value": str(row["after"]), **row}, by=by, why=why, now=now)
        for name, row in ready.items()
        if not only or name in only
    ]
