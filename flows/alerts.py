"""Write the alerts of a day: the daily job; a webhook set up by the operator gets the counts."""

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import flow
from prefect.utilities.asyncutils import run_coro_as_sync

from flows.job import daily_alerts
from flows.run_records import recorded
from flows.settings import WHILE_BUSY
from warehouse.home import Home

if TYPE_CHECKING:
    from prefect.blocks.webhook import Webhook

    from service.alerts.outbox import Written

BLOCK = "TIDU_ALERTS_WEBHOOK"
"""Names the webhook block of Prefect that is called; without it nothing leaves the machine."""


@flow(name="write-alerts", flow_run_name="alerts", **WHILE_BUSY)
def write_alerts(home: Path, day: date | None = None) -> list[Path]:
    """The mail files of the day in the outbox; who has nothing new gets none."""
    opened = Home(home.absolute())
    with recorded(opened):
        written = daily_alerts(opened, day)
        if (name := os.environ.get(BLOCK)) and written:
            call(_webhook(name), day, written)
        return [entry.path for entry in written]


def call(webhook: "Webhook", day: date | None, written: "list[Written]") -> None:
    """Send a webhook the number of alerts by recipient and kind; no firm is named, as this leaves the machine.

    Raises ``httpx.HTTPError`` where it is not taken; the mail files are there all the same.
    """
    payload: dict[str, Any] = {
        "day": str(day) if day else None,
        "accounts": [{"account": entry.account, "alerts": entry.counts} for entry in written],
    }
    response: Any = run_coro_as_sync(webhook.call(payload))
    response.raise_for_status()


def _webhook(name: str) -> "Webhook":
    from prefect.blocks.webhook import Webhook

    loaded: Any = Webhook.load(name.removeprefix("webhook/"))
    return loaded  # type: ignore[no-any-return]
