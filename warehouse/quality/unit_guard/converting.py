"""Confirmed factors applied to the typed rows: every amount of the report is converted again from its source value.

Source rows keep the amount and the unit as filed; ``unit_factor`` is a column of the typed rows, 1 where nothing was
confirmed. Exact: the factor is a decimal and is applied before the amount is rounded to fen.
"""

from warehouse.database.build import Build
from warehouse.intake.feed import Feed, load_feeds
from warehouse.quality.unit_guard.settings import forms


def apply_factors(build: Build) -> None:
    """Add ``unit_factor`` to the table of every form and convert the reports that a person confirmed."""
    feeds = load_feeds()
    for name in forms():
        build.execute(f"alter table stg_{name} add column unit_factor decimal(18, 8) default 1")
        if build.tuples("select 1 from unit_decision where feed = $1 and unit_power <> 0", [name]):
            _convert(build, feeds[name])


def _convert(build: Build, feed: Feed) -> None:
    typed = build.columns(f"stg_{feed.name}")
    money = [name for name, column in feed.columns.items() if column.type == "money" and f"{name}_fen" in typed]
    amounts = ", ".join(
        f'"{name}_fen" = fen_times(raw."{name}", raw.money_unit, decision.unit_power)' for name in money
    )
    build.execute(
        f"update stg_{feed.name} as stg set {amounts}, unit_factor = power_of_ten(decision.unit_power)"  # noqa: S608
        f" from raw_{feed.name} as raw, unit_decision as decision"
        " where stg.delivery_id = raw.delivery_id and stg.sheet = raw.sheet and stg.row_no = raw.row_no"
        " and decision.delivery_id = raw.delivery_id and decision.sheet = coalesce(raw.sheet, '')"
        f" and decision.row_no = raw.row_no and decision.feed = '{feed.name}' and decision.unit_power <> 0"
    )
