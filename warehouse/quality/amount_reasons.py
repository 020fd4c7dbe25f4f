"""Why a delivered amount gives no figure, added to the message of its finding."""

import polars as pl

from tiers.amounts import Reason, read_amount
from warehouse.database.build import Build
from warehouse.intake.feed import load_feeds

UNREAD = "F10"
_NOT_EXACT = ("是一个范围，此列要一个确定的数", "it is a range, and this column takes one figure")


def add_reasons(build: Build) -> None:
    """Add to the findings of F10 on amounts what the grammar of amounts says of each text."""
    fields = {
        (feed.name, name): column.type
        for feed in load_feeds().values()
        for name, column in feed.columns.items()
        if column.type in ("amount", "money")
    }
    texts = build.tuples("select distinct feed, field, value from quarantine where rule_id = $1", [UNREAD])
    rows = [
        (feed, field, text, *_reason(text, fields[feed, field]))
        for feed, field, text in texts
        if (feed, field) in fields
    ]
    if not rows:
        return
    with build.view("reason", pl.DataFrame(rows, schema=("feed", "field", "value", "zh", "en"), orient="row")):
        build.execute(
            "update quarantine set message_zh = message_zh || '：' || reason.zh,"
            " message_en = message_en || ': ' || reason.en"
            " from reason where quarantine.rule_id = $1 and quarantine.feed = reason.feed"
            " and quarantine.field = reason.field and quarantine.value = reason.value",
            [UNREAD],
        )


def _reason(text: str, kind: str) -> tuple[str, str]:
    amount = read_amount(text, "元" if kind == "money" else "")
    if amount.reason is not None:
        return amount.reason.value
    return _NOT_EXACT if amount.kind == "range" else Reason.CONTRADICTION.value
