"""The deliveries that are kept."""

from typing import Any

from warehouse.casebook import set_aside
from warehouse.home import Home


def deliveries(home: Home, with_used: bool = True) -> list[dict[str, Any]]:
    """Deliveries in the order of landing; without ``with_used`` only those set aside or damaged."""
    return [row for row in set_aside.listing(home) if with_used or row["state"] != "used"]
