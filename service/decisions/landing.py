"""Deliveries taken out of all further runs, and taken back."""

from datetime import datetime

from warehouse.casebook import set_aside as deliveries
from warehouse.casebook.statements import Statement
from warehouse.home import Home


def set_aside(home: Home, delivery: str, *, by: str, why: str, now: datetime) -> Statement:
    """Take a delivery, by its number or file name, out of use; raises ``BadInput``."""
    return deliveries.set_aside(home, delivery, by=by, why=why, now=now)


def restore(home: Home, delivery: str, *, by: str, why: str, now: datetime) -> Statement:
    """Take a delivery back into use; raises ``BadInput``."""
    return deliveries.restore(home, delivery, by=by, why=why, now=now)
