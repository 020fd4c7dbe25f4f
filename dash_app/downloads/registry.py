"""Every list of the pages that can be taken away, by its name in the address."""

from collections.abc import Mapping

from dash_app.downloads import cultivation, data, firm, flows, movers, reconciliation, rules, targets, today, what_if
from dash_app.downloads.listed import ListFile

LISTS: Mapping[str, ListFile] = {
    **today.LISTS,
    **movers.LISTS,
    **cultivation.LISTS,
    **reconciliation.LISTS,
    **flows.LISTS,
    **targets.LISTS,
    **what_if.LISTS,
    **firm.LISTS,
    **data.LISTS,
    **rules.LISTS,
}
