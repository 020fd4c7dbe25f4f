"""The tables of routes of an installation of many zones: of the site over all zones, and of the site of each."""

from dataclasses import replace
from urllib.parse import quote

from dash_app.routing import ADMIN, BASE, ENDPOINTS, GROUPS, ROUTES, SIGNED_IN, STAFF, Route, Table

MINISTRY = "ministry"
ABOVE_SIGNED_IN = SIGNED_IN | {MINISTRY}
ZONES = Route("zones", "/", ABOVE_SIGNED_IN, "dash_app.pages.zones")
OF_ACCOUNT = ("account", "calendar_create", "calendar_revoke")
FILES = ("bundle",)
LISTS = "download"
OF_PEOPLE = tuple(name for name in ENDPOINTS if name in OF_ACCOUNT or name.startswith("security."))
"""The routes of sign-in and of one's own account, which belong to the whole installation."""


def _above(roles: frozenset[str]) -> frozenset[str]:
    """The roles over all zones of a route that everybody has who signs in to a home, or of another."""
    return roles | {MINISTRY} if roles >= SIGNED_IN else roles


ABOVE = Table(
    (ZONES, ADMIN),
    {"all_zones": ("zones",), "administration": ("admin",)},
    {
        **{name: replace(ENDPOINTS[name], roles=_above(ENDPOINTS[name].roles)) for name in (*OF_PEOPLE, *FILES)},
        LISTS: replace(ENDPOINTS[LISTS], roles=STAFF | {MINISTRY}),
    },
    ABOVE_SIGNED_IN,
)
"""Of the site over all zones."""
MOUNTED = Table(
    tuple(route for route in ROUTES if route != ADMIN),
    {group: names for group, names in GROUPS.items() if group != "administration"},
    {name: entry for name, entry in ENDPOINTS.items() if name not in OF_PEOPLE},
    SIGNED_IN,
)
"""Of the site of a zone in an installation, whose accounts are administered above it."""


def zone_base(code: str) -> str:
    """The beginning of every address of a zone."""
    return f"{BASE}/{quote(code, safe='')}"


def firm_path(code: str, firm_id: str) -> str:
    """Path below ``/z/CODE``; the id is quoted."""
    return f"{zone_base(code)}/firm/{quote(firm_id, safe='')}"
