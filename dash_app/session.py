"""What is known of a request: the address, its language, and who asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from pydantic import BaseModel

from dash_app.wording.loader import Lang, lang_of
from service.scope import Scope, single_user

LOCAL = "local"
"""The role of whoever uses this machine; there is no sign-in, and the server answers this machine only."""


class SortKey(BaseModel):
    """A column that a grid is sorted by, as AG Grid writes it."""

    colId: str  # noqa: N815
    sort: str


@dataclass(frozen=True)
class Person:
    """Who asks, with the roles that routes are allowed by."""

    name: str
    roles: frozenset[str]


LOCAL_PERSON = Person(LOCAL, frozenset({LOCAL}))


def current_scope() -> Scope:
    """What whoever sends the present request may see; without sign-in, all of this machine's."""
    return single_user()


@dataclass(frozen=True)
class Session:
    """One request: the parameters of its address, language, person, and the order of the grid in this browser tab."""

    address: Mapping[str, str]
    lang: Lang
    scope: Scope
    person: Person = LOCAL_PERSON
    order: Sequence[SortKey] = field(default=())

    @classmethod
    def of(cls, search: str | None, order: Sequence[SortKey] | None = None) -> "Session":
        """The session of an address' query string."""
        address = parsed(search)
        return cls(address, lang_of(address.get("lang")), current_scope(), order=order or ())

    def href(self, path: str) -> str:
        """A path of the site in the language of the session."""
        return path if self.lang == "zh" else f"{path}?lang={self.lang}"


def parsed(search: str | None) -> dict[str, str]:
    """The parameters of a query string, with or without its question mark."""
    return dict(parse_qsl((search or "").lstrip("?")))
