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
from warehouse.home import Home
from warehouse.quality.thresholds import KIND, Estimate, thresholds
from warehouse.release.releases import Published, Reader

MAD_TO_SPREAD = 1.4826
"""Turns the median of deviations into a standard deviation, were the logarithms normal."""


def estimates(home: Home) -> list[dict[str, Any]]:
    """Each threshold a zone can estimate: value before and after, the sample, and how many firm-years fire."""
    with Published(home).at_once() as release:
        (run,) = release.rows("select run_id from run")
        in_force = {row["name"]: row["value"] for row in release.rows("select name, value from ref_threshold")}
        return [
            {"name": name, "run_id": run["run_id"], **_estimate(release, limit.zone, in_force[name])}
            for name, limit in thresholds().limits.items()
            if limit.zone
        ]


def _estimate(release: Reader, zone: Estimate, before: Decimal) -> dict[str, Any]:
    measure = thresholds().measures[zone.measure]
    sign = "<" if zone.side == "low" else ">"
    logs = (
        f"with logs as (select log10({measure}) as x from core_firm__yearly"  # noqa: S608 - our own measures
        f" where basis = 'filed' and {measure} > 0)"
    )
    (sample,) = release.rows(f"{logs} select count(*) as firms, median(x) as middle, mad(x) as spread from logs")  # noqa: S608
    row: dict[str, Any] = {"firms": sample["firms"], "before": float(before), "after": None, "note": ""}
    if sample["firms"] < thresholds().fewest or not sample["spread"]:
        return row | {"note": f"样本不足 {thresholds().fewest} fewer than {thresholds().fewest}"}
    reach = float(zone.spreads) * MAD_TO_SPREAD * sample["spread"]
    after = _rounded(10 ** (sample["middle"] + (-reach if zone.side == "low" else reach)))
    for column, value in (("fires_before", float(before)), ("fires_after", after)):
        (fires,) = release.rows(f"{logs} select count(*) as n from logs where x {sign} log10($1)", [value])  # noqa: S608
        row[column] = fires["n"]
    return row | {"after": after}


def _rounded(value: float) -> float:
    """Two significant digits: an estimate is no more exact."""
    return float(round(value, 1 - math.floor(math.log10(value))))


def keep(
    home: Home, rows: Sequence[dict[str, Any]], only: Sequence[str] | None, *, by: str, why: str, now: datetime
) -> list[Statement]:
    """State the estimates, all or some by name; raises ``BadInput`` for a name that has none."""
    casebook = Casebook(home)
    estimated = {row["name"]: row for row in rows if row["after"] is not None}
    if missing := set(only or ()) - estimated.keys():
        names = "、".join(sorted(missing))
        raise BadInput(f"没有可保留的估计：{names}", f"there is no estimate to keep: {names}")
    return [
        casebook.record(KIND, name, {"value": str(row["after"]), **row}, by=by, why=why, now=now)
        for name, row in estimated.items()
        if not only or name in only
    ]
