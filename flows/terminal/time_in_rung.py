"""What the terminal shows of time in the rung and of cohorts: full years, with the number at risk."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from flows.terminal.language import language, of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.table import console, table
from service.wording.rendering import sector_name
from tiers.messages.counted import counted
from warehouse.rows import AnyRow

CURVE = ("years", "at_risk", "staying", "interval", "risen", "lost", "dissolved")
COHORT = ("cohort", "years", "firms", "at_risk", "reached", "share")


def survival(answer: Mapping[str, Any]) -> None:
    """One block a group that is large enough, the largest first; then those that are too small."""
    limits, curves = answer["limits"], answer["curves"]
    console.print(
        styled("\n[bold]{}[/bold]  {}  {}", text_of(answer, "title"), text_of(answer, "level"), answer["day"])
    )
    by_stratum = {stratum: list(rows) for stratum, rows in groupby(curves, itemgetter("stratum"))}
    for group in answer["groups"]:
        if group["is_large_enough"]:
            _curve(group, by_stratum.get(group["stratum"], []), limits)
    small = [f"{_group(group)}: {group['firms']}" for group in answer["groups"] if not group["is_large_enough"]]
    if small:
        too_few = of_both(
            f"不足 {limits['firms_min']} 家，不作曲线", f"fewer firms than a curve needs ({limits['firms_min']})"
        )
        console.print(f"\n{too_few}: {', '.join(small)}")
    if not answer["groups"]:
        console.print("  " + of_both("没有可观察的在级时段", "no stay is observed"))


def _group(group: AnyRow) -> str:
    """A group of like firms in words: its sector by number, its age and size."""
    from tiers.movement.time_in_rung import features_of, time_limits

    limits = time_limits()
    known = {band.band: (band.zh, band.en) for band in (*limits.age_bands, *limits.size_bands)}
    parts = (of_both(*known[part]) if part in known else _plain(part) for part in features_of(group))
    return of_both("、", ", ").join(parts)


def _plain(part: str) -> str:
    if part == "all":
        return of_both("全部", "all firms")
    return sector_name(part, language()) if part.isdigit() else part


def _curve(group: AnyRow, rows: Sequence[AnyRow], limits: AnyRow) -> None:
    reached = (
        f"{group['q75_days']:,} {of_both('天', 'days')}"
        if group["q75_days"]
        else of_both("观察期内未到", "not reached")
    )
    console.print(
        styled(
            "\n[bold]{}[/bold]  {}{}{}",
            _group(group),
            of_both(f"{group['firms']} 家", counted(group["firms"], "firm", "firms")),
            of_both("，", ", "),
            of_both(f"{group['stays']} 段", counted(group["stays"], "stay", "stays")),
        )
    )
    console.print(f"  {limits['quantile']:.0%} {of_both('停留不超过', 'stay no longer than')}: {reached}")
    if earlier := group["stays_may_have_begun_earlier"]:
        console.print(
            "  "
            + of_both(f"其中 {earlier} 段可能早于首份名单", f"{earlier} of them may have begun before the first list")
        )
    table([_year(row) for row in rows if row["years"] is not None], CURVE)


def _year(row: AnyRow) -> dict[str, Any]:
    low, high = row["staying_low"], row["staying_high"]
    interval = "–" if low is None else f"{low:.0%}–{high:.0%}"
    shares = (row["staying_share"], row["risen_share"], row["lost_share"], row["dissolved_share"])
    staying, *causes = (f"{share:.1%}" for share in shares)
    return dict(zip(CURVE, (row["years"], row["at_risk"], staying, interval, *causes), strict=True))


def cohorts(rows: Sequence[AnyRow]) -> None:
    """One table a title to reach; a cohort ends where few remain at risk."""
    if not rows:
        console.print(
            of_both(
                "没有可展示的同批：名单之前的、企业太少的不列",
                "no cohort to show: those older than the lists or of few firms are left out",
            )
        )
    for _, reaching in groupby(rows, itemgetter("designation")):
        cells = list(reaching)
        table([_cohort(row) for row in cells], COHORT, f"\n{of_both('取得', 'reached')} {text_of(cells[0])}")


def _cohort(row: AnyRow) -> dict[str, Any]:
    name = f"{row['cohort_year']}" if row["first_zh"] is None else f"{text_of(row, 'first')} {row['cohort_year']}"
    share = f"{row['reached_share']:.1%}"
    return dict(zip(COHORT, (name, row["years"], row["firms"], row["at_risk"], row["reached"], share), strict=True))
