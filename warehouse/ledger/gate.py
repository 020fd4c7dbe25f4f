"""The publish gate: the causes by which more firms changed than the limits allow, and the message of a run about it."""

from pathlib import Path

from tiers.messages.counted import counted
from warehouse.database.build import Snapshot
from warehouse.errors import ReleaseHeld
from warehouse.rows import Row

TABLE = "mart_run__gate"


def exceeded(release: Path) -> list[Row]:
    """The rows of ``mart_run__gate`` that are over their limit; none where the file has no such table."""
    with Snapshot.open(release) as snapshot:
        if not snapshot.has_table(TABLE):
            return []
        return snapshot.rows(f"select * from {TABLE} where is_over order by cause")  # noqa: S608 - our own name


def describe(rows: list[Row]) -> tuple[str, str]:
    """Which causes changed how many firms, and the limits, in two languages."""
    zh = "；".join(
        f"因{row['zh']}变动 {row['changed_firms']:,} 家，占上一期 {row['firms_from']:,} 家的 {_share(row):.1%}，"
        f"上限 {row['share_max']:.1%}（{row['why_zh']}）"
        for row in rows
    )
    en = "; ".join(
        f"{counted(row['changed_firms'], 'firm', 'firms')} changed by {row['en']}, {_share(row):.1%} of the"
        f" {row['firms_from']:,} of the release before; the limit is {row['share_max']:.1%} ({row['why_en']})"
        for row in rows
    )
    return zh, en


def held_error(run_id: str, rows: list[Row]) -> ReleaseHeld:
    """The message of a run whose release is held, with the figures and the way out."""
    zh, en = describe(rows)
    return ReleaseHeld(
        f"第 {run_id} 期已建成，待人决定后发布：{zh}。请看 tidu ledger --run {run_id}，"
        f"再以 tidu release accept 或 refuse {run_id} --by 姓名 --why 理由 决定；下次运行不受影响",
        f"Run {run_id} is complete and waits for a decision: {en}. See tidu ledger --run {run_id}, then decide by"
        f" tidu release accept or refuse {run_id} --by NAME --why TEXT; the next run goes on as usual",
    )


def _share(row: Row) -> float:
    return float(row["changed_firms"]) / row["firms_from"] if row["firms_from"] else 1.0
