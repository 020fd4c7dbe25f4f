"""Confirmed factors applied to the typed rows: every amount of the report is read again from what was filed.

Source rows keep the amount and the unit as filed; ``unit_factor`` stands beside the typed amounts, 1 where nothing was
confirmed. Exact: the factor is a decimal and meets the amount before it is rounded to fen.
"""

from warehouse.database import Build
from warehouse.intake.feed import Feed, load_feeds
from warehouse.quality.unit_guard.settings import forms


def apply_factors(build: Build) -> None:
    """Add ``unit_factor`` to the table of every form and convert the reports that a person confirmed."""
    feeds = load_feeds()
    for name in forms():
        build.execute(f"alter table stg_{name} add column unit_factor decimal(14, 6) default 1")
        if build.tuples("select 1 from unit_decision where feed = $1 and unit_power <> 0", [name]):
            _convert(build, feeds[name])


def _convert(build: Build, feed: Feed) -> None:
    typed = build.columns(f"stg_{feed.name}")
    money = [name for name, column in feed.columns.items() if column.type == "money" and f"{name}_fen" in typed]
    amounts = ", ".join(f'"{name}_fen" = fen_times(raw."{name}", raw.money_unit, said.unit_power)' for name in money)
    build.execute(
        f"update stg_{feed.name} as stg set {amounts}, unit_factor = power_of_ten(said.unit_power)"  # noqa: S608
        f" from raw_{feed.name} as raw, unit_decision as said"
        " where stg.delivery_id = raw.delivery_id and stg.sheet = raw.sheet and stg.row_no = raw.row_no"
        " and said.delivery_id = raw.delivery_id and said.sheet = coalesce(raw.sheet, '')"
        f" and said.row_no = raw.row_no and said.feed = '{feed.name}' and said.unit_power <> 0"
    )
