"""The table of routes: path, roles that are let in, and the module of the page. A path that is not in it is denied."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from dash_app.session import LOCAL, Person
from dash_app.wording.loader import Lang, texts


@dataclass(frozen=True)
class Route:
    """A page: ``pattern`` with parameters in braces, each one segment of a path; ``module`` has layout and register."""

    name: str
    pattern: str
    roles: frozenset[str]
    module: str

    def title(self, lang: Lang) -> str:
        """The title of the page."""
        return texts("routes")[self.name][lang]

    def path(self, **parameters: str) -> str:
        """The path with its parameters filled in."""
        return self.pattern.format(**{name: quote(value, safe="") for name, value in parameters.items()})

    def parameters(self, path: str) -> dict[str, str] | None:
        """The parameters of a path; None where the path is not of this route."""
        expression = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(self.pattern))
        match = re.fullmatch(expression, path)
        return None if match is None else {name: unquote(value) for name, value in match.groupdict().items()}


MOVERS = Route("movers", "/", frozenset({LOCAL}), "dash_app.pages.movers")
FIRM = Route("firm", "/firm/{firm_id}", frozenset({LOCAL}), "dash_app.pages.firm")
ROUTES = (MOVERS, FIRM)


def find(path: str | None, person: Person) -> tuple[Route, Mapping[str, str]] | None:
    """The route of a path and its parameters; None where there is none, or none of its roles is the person's."""
    for route in ROUTES:
        parameters = route.parameters(path or "/")
        if parameters is not None:
            return (route, parameters) if route.roles & person.roles else None
    return None
