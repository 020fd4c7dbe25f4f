"""The ids of all components; no other module writes one."""

from typing import Any

# The shell
URL = "url"
PAGE = "page"
DRAWN = "drawn"
DRAWER = "drawer"
DRAWER_TITLE = "drawer-title"
DRAWER_TEXT = "drawer-text"
SESSION_NOTICE = "session-notice"

# Every page
MAIN = "main"
FRESHNESS = "freshness"
NAVIGATION = "navigation"
KEYS = "keys"
KEYS_TITLE = "keys-title"

# The movers
SEARCH = "q"
MATCHING = "matching"
FACETS = "facets"
VIEWS = "views"
VIEWS_DRAWN = "views-drawn"
VIEWS_NOTICE = "views-notice"
VIEW_NAME = "view-name"


def view_act(act: Any, number: Any) -> dict[str, Any]:
    """The button that saves, shares or removes a view; of any where wildcards are given."""
    return {"part": "view", "act": act, "view": number}


# The firm
def fold(edition: Any) -> dict[str, Any]:
    """What opens the conditions of an edition; of any edition where a wildcard is given."""
    return {"part": "fold", "edition": edition}


def proof(edition: Any) -> dict[str, Any]:
    """What holds the conditions of an edition; of any edition where a wildcard is given."""
    return {"part": "proof", "edition": edition}


# The case of a firm
CASE_BODY = "case-body"
CASE_NOTICE = "case-notice"
CASE_DRAWN = "case-drawn"


def send(act: Any) -> dict[str, Any]:
    """The button that sends the form of an act; of any act where a wildcard is given."""
    return {"part": "send", "act": act}


def field(act: Any, name: Any) -> dict[str, Any]:
    """A field of the form of an act; of any where wildcards are given."""
    return {"part": "field", "act": act, "field": name}


# The extracts
EXTRACTS_BODY = "extracts-body"
EXTRACTS_NOTICE = "extracts-notice"
DELIVER = "deliver"
DELIVER_TO = "deliver-to"
DELIVER_WHY = "deliver-why"
DELIVER_DRAWN = "deliver-drawn"

# The administration
ADMIN_BODY = "admin-body"
ADMIN_NOTICE = "admin-notice"


def office_act(act: Any) -> dict[str, Any]:
    """The button that sends an act of the administration; of any act where a wildcard is given."""
    return {"part": "office-act", "act": act}


def office_field(act: Any, name: Any) -> dict[str, Any]:
    """A field of the form of an act of the administration; of any where wildcards are given."""
    return {"part": "office-field", "act": act, "field": name}
