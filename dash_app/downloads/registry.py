"""Every list of the pages that can be taken away, by its name in the address."""

from collections.abc import Mapping

from dash_app.downloads import cultivation, data, firm, movers, rules, today
from dash_app.downloads.listed import ListFile

LISTS: Mapping[str, ListFile] = {
    **today.LISTS,
    **movers.LISTS,
    **cultivation.LISTS,
    **firm.LISTS,
    **data.LISTS,
    **rules.LISTS,
}
