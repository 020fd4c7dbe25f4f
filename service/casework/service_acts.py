"""Services: given to a firm, and what they did."""

from collections.abc import Mapping
from typing import Any

from service.casework.sheet import Act, Sheet
from service.decisions import services_given


def _given(sheet: Sheet) -> Any:
    gap = services_given.Gap(sheet.text_or_none("designation"), sheet.text_or_none("condition_id"))
    on, service = sheet.day_or_today("on"), sheet.text("service")
    return services_given.give(sheet.home, sheet.firm_id, service, on, gap, sheet.signed)


def _assessed(sheet: Sheet) -> Any:
    on, outcome = sheet.day_or_today("on"), sheet.text("outcome")
    return services_given.assess(sheet.home, sheet.number("seq"), outcome, on, sheet.signed)


SERVICE_ACTS: Mapping[str, Act] = {
    "service": Act(_given),
    "service_outcome": Act(_assessed, seen="service"),
}
