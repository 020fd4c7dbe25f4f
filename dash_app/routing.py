"""The tables of routes: pages by path, other routes by name, each with the roles that are let in.

What is in no table is denied.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote, unquote

import flask

from dash_app.api_routes import API_ROUTES
from dash_app.session import NOBODY
from dash_app.wording.loader import Lang, texts
from service.scope import LOCAL

AT_WORK = frozenset({LOCAL, "officer", "statistician", "director", "incubator"})
"""Who sees firms."""
STAFF = AT_WORK - {"incubator"}
"""Who works for the zone."""
SIGNED_IN = AT_WORK | {"administrator"}
PUBLIC = SIGNED_IN | {NOBODY}


@dataclass(frozen=True)
class Route:
    """A page: ``pattern`` with parameters in braces, each one segment of a path; ``module`` has layout and register.

    A view of one that ``is_recorded`` goes into the list of accesses, with its parameters.
    """

    name: str
    pattern: str
    roles: frozenset[str]
    module: str
    is_recorded: bool = False

    def title(self, lang: Lang) -> str:
        """From the texts ``routes``, by name of the route."""
        return texts("routes")[self.name][lang]

    def path(self, **parameters: str) -> str:
        """The path with its parameters filled in."""
        return self.pattern.format(**{name: quote(value, safe="") for name, value in parameters.items()})

    def parameters(self, path: str) -> dict[str, str] | None:
        """The parameters of a path; None where the path is not of this route."""
        expression = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(self.pattern))
        match = re.fullmatch(expression, path)
        return None if match is None else {name: unquote(value) for name, value in match.groupdict().items()}


@dataclass(frozen=True)
class Endpoint:
    """A route of Flask that is no page: who is let in, by which methods, and whether only soon after the password.

    Tokens are taken where ``takes_tokens`` is set, and nowhere else.
    """

    roles: frozenset[str]
    methods: frozenset[str] = frozenset({"GET", "HEAD"})
    is_fresh: bool = False
    takes_tokens: bool = False


TODAY = Route("today", "/", SIGNED_IN, "dash_app.pages.today")
MOVERS = Route("movers", "/movers", SIGNED_IN, "dash_app.pages.movers")
OF_FIRM = "firm_id"
"""The parameter of an address that names a firm."""
FIRM = Route("firm", "/firm/{firm_id}", AT_WORK, "dash_app.pages.firm", is_recorded=True)
CULTIVATION = Route("cultivation", "/cultivation", AT_WORK, "dash_app.pages.cultivation")
DATA = Route("data", "/data", frozenset({LOCAL, "statistician", "director"}), "dash_app.pages.data")
RULES = Route("rules", "/rules", AT_WORK, "dash_app.pages.rules")
CASE = Route("case", "/case/{firm_id}", AT_WORK, "dash_app.pages.case", is_recorded=True)
RECONCILIATION = Route("reconciliation", "/reconciliation", AT_WORK, "dash_app.pages.reconciliation")
FLOWS = Route("flows", "/flows", AT_WORK, "dash_app.pages.flows")
TARGETS = Route("targets", "/targets", STAFF, "dash_app.pages.targets")
WHAT_IF = Route("what_if", "/what-if", STAFF, "dash_app.pages.what_if")
EXTRACTS = Route("extracts", "/extracts", AT_WORK - {"incubator"}, "dash_app.pages.extracts")
ADMIN = Route("admin", "/admin", frozenset({LOCAL, "administrator"}), "dash_app.pages.admin")
ROUTES = (
    TODAY,
    MOVERS,
    FIRM,
    RECONCILIATION,
    FLOWS,
    CULTIVATION,
    CASE,
    TARGETS,
    WHAT_IF,
    DATA,
    RULES,
    EXTRACTS,
    ADMIN,
)
"""In the order of the navigation."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "daily_work": ("today", "movers", "cultivation"),
    "whole_zone": ("reconciliation", "flows", "targets", "what_if"),
    "data_and_rules": ("data", "rules", "extracts"),
    "administration": ("admin",),
}
"""The pages of the navigation by name, in groups."""

FORM = frozenset({"GET", "HEAD", "POST"})
POST = frozenset({"POST"})
ENDPOINTS: Mapping[str, Endpoint] = {
    "security.login": Endpoint(PUBLIC, FORM),
    "security.reset_password": Endpoint(PUBLIC, FORM),
    "security.forgot_password": Endpoint(PUBLIC),  # shows that a link has ended; nothing is mailed
    "security.oauthstart": Endpoint(PUBLIC, POST),
    "security.oauthresponse": Endpoint(PUBLIC),
    "security.oauth_verify_start": Endpoint(SIGNED_IN, POST),
    "security.oauth_verify_response": Endpoint(SIGNED_IN),
    "security.verify": Endpoint(SIGNED_IN, FORM),
    "security.change_password": Endpoint(SIGNED_IN, FORM),
    "security.logout": Endpoint(SIGNED_IN, POST),
    "account": Endpoint(SIGNED_IN),
    "bundle": Endpoint(SIGNED_IN),  # style sheets and scripts
    "calendar": Endpoint(AT_WORK, is_fresh=True),  # and the right to export
    "calendar_feed": Endpoint(PUBLIC),  # the secret of its address is asked for instead of a session
    "calendar_create": Endpoint(AT_WORK, POST, is_fresh=True),  # and the right to export
    "calendar_revoke": Endpoint(AT_WORK, POST),
    "contest": Endpoint(AT_WORK, POST),  # with proofs, which are larger than a callback takes
    "sheet": Endpoint(AT_WORK, is_fresh=True),  # paper is taken away as lists are
    "pack": Endpoint(AT_WORK, is_fresh=True),
    "download": Endpoint(AT_WORK, is_fresh=True),  # and the right to export
    "report_card": Endpoint(AT_WORK, is_fresh=True),  # and the right to export, of the zone
    **{
        route.endpoint: Endpoint(route.roles, route.methods, is_fresh=route.is_export, takes_tokens=True)
        for route in API_ROUTES
    },
}
"""The routes of Flask by name; an entry for a route that is not registered admits nothing."""
PUBLIC_FILES = frozenset({"/assets/tidu.css", "/_favicon.ico"})
"""What the pages of sign-in are drawn with."""
FILES = ("/assets/", "/_dash-component-suites/")
CALLBACKS = "/_dash-update-component"
LAYOUT, DEPENDENCIES = "/_dash-layout", "/_dash-dependencies"
DASH = (CALLBACKS, LAYOUT, DEPENDENCIES, "/_favicon.ico")
"""The addresses of Dash that its pages ask for besides ``FILES``; the others it has are denied."""


CONTEST = "/contest/<firm_id>"
SHEET = "/sheet/<firm_id>.pdf"
PACK = "/pack.pdf"
"""Paper: the sheet of a firm, and the pack of the Monday meeting."""


def sheet_path(firm_id: str) -> str:
    """Path of the PDF; the id is quoted."""
    return SHEET.replace("<firm_id>", quote(firm_id, safe=""))


@dataclass(frozen=True)
class Table:
    """What a site answers, and whom it lets in; the first of its pages is its home."""

    pages: tuple[Route, ...]
    groups: Mapping[str, tuple[str, ...]]
    endpoints: Mapping[str, Endpoint]
    signed_in: frozenset[str]

    @property
    def home(self) -> Route:
        """What the address of the site alone leads to."""
        return self.pages[0]


ZONE = Table(ROUTES, GROUPS, ENDPOINTS, SIGNED_IN)
"""A site over one home."""
BASE = "/z"
"""The sites of the zones of an installation lie below."""
EXTENSION = "tidu_table"


def use(server: flask.Flask, table: Table) -> None:
    """Let a server answer the routes of a table."""
    server.extensions[EXTENSION] = table


def present() -> Table:
    """The table of the server that answers; that of one home outside of any."""
    return cast(Table, flask.current_app.extensions.get(EXTENSION, ZONE)) if flask.has_app_context() else ZONE


def groups(role: str) -> dict[str, list[Route]]:
    """The pages without parameters that a role may see, by group; no group without a page."""
    table = present()
    pages = {route.name: route for route in table.pages if "{" not in route.pattern and role in route.roles}
    grouped = {group: [pages[name] for name in names if name in pages] for group, names in table.groups.items()}
    return {group: routes for group, routes in grouped.items() if routes}


def find(path: str | None, role: str) -> tuple[Route, Mapping[str, str]] | None:
    """The route of a path and its parameters; None where there is none, or the role is not among its roles."""
    table = present()
    for route in table.pages:
        parameters = route.parameters(table.home.path() if path in (None, "", "/") else str(path))
        if parameters is not None:
            return (route, parameters) if role in route.roles else None
    return None


def admits(endpoint: str | None, path: str, method: str, role: str) -> bool:
    """Whether a role may send a request; the roles of a callback are asked besides."""
    table = present()
    entry = table.endpoints.get(endpoint or "")
    if entry is not None:
        return role in entry.roles and method in entry.methods
    if path in DASH or path.startswith(FILES):
        return role in table.signed_in or path in PUBLIC_FILES
    return find(path, role) is not None
