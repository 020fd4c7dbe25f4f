"""Services: given to a firm, and what they did."""

from collections.abc import Mapping
from typing import Any

from service.casework.form import Act, SentForm
from service.decisions import services_given


def _given(form: SentForm) -> Any:
    gap = services_given.Gap(form.text_or_none("designation"), form.text_or_none("condition_id"))
    on, service = form.day_or_today("on"), form.text("service")
    return services_given.give(form.home, form.firm_id, service, on, gap, form.signed)


def _assessed(form: SentForm) -> Any:
    on, outcome = form.day_or_today("on"), form.text("outcome")
    return services_given.assess(form.home, form.number("seq"), outcome, on, form.signed)


SERVICE_ACTS: Mapping[str, Act] = {
    "service": Act(_given),
    "service_outcome": Act(_assessed, seen="service"),
}
