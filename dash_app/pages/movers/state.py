"""The state in the address of the movers: filters, order, page, a row a firm or a row a title, further columns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from dash_app import routing
from dash_app.session import Session
from service.queries.movers.mover_filters import EVERYBODY, Filters, Rows

COLUMNS = ("name", "held", "met", "change", "signal", "next", "due_on", "owner")
FURTHER = ("incubator", "revenue", "growth", "rd_share", "staff")
"""Columns that can be switched on."""
PAGE_ROWS = 50
PRINTED_ROWS = 2000
"""Rows of a printed list: some 200 sheets."""


@dataclass(frozen=True)
class State:
    """The address of the page as values; ``page`` counts from 1."""

    filters: Filters
    sort: str = ""
    page: int = 1
    rows: Rows = "firms"
    further: tuple[str, ...] = ()
    is_printed: bool = False

    @classmethod
    def of(cls, address: Mapping[str, str]) -> "State":
        """The state of an address; invalid parts are left out."""
        number = address.get("page", "")
        wanted = address.get("columns", "").split(",")
        return cls(
            Filters.of(address),
            address.get("sort", "")[:20],
            max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < len("1000000") else 1,
            "titles" if address.get("rows") == "titles" else "firms",
            tuple(name for name in FURTHER if name in wanted),
            address.get("print") == "1",
        )

    @property
    def parameters(self) -> dict[str, str]:
        """The shortest address that is read as this state."""
        return {name: value for name, value in self._stated.items() if value}

    @cached_property
    def _stated(self) -> dict[str, str]:
        return {
            **vars(self.filters),
            "sort": self.sort,
            "page": str(self.page) if self.page > 1 else "",
            "rows": "titles" if self.rows == "titles" else "",
            "columns": ",".join(self.further),
            "print": "1" if self.is_printed else "",
        }

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are on, by name."""
        on = {name: value for name, value in vars(self.filters).items() if value}
        return {name: value for name, value in on.items() if (name, value) != ("owner", EVERYBODY)}

    def opened(self, own: int, session: Session) -> "State":
        """The initial state: own firms of the user where there are any and the address names no other owner."""
        if not own or self.filters.owner:
            return self
        return replace(self, filters=self.filters.with_(owner=session.scope.who))

    def href(self, session: Session, **changes: Any) -> str:
        """The address of this state with some of it changed; it begins at the first page."""
        return session.href(routing.MOVERS.path(), replace(self, **{"page": 1, **changes}).parameters)

    def filtered(self, session: Session, **changes: str) -> str:
        """The address under other filters; a page has a hundred."""
        stated = {**self._stated, **changes, "page": ""}
        return session.href(routing.MOVERS.path(), {name: value for name, value in stated.items() if value})


def address_of(parameters: Mapping[str, str]) -> str:
    """The address with these parameters, in no language of its own."""
    return f"{routing.MOVERS.path()}?{urlencode(parameters)}"
