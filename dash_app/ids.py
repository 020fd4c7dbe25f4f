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


# Data
DATA_BODY = "data-body"
DATA_NOTICE = "data-notice"
DATA_DRAWN = "data-drawn"
DATA_WORK_OUT = "data-work-out"
DATA_WORKED = "data-worked"


def data_pick(number: Any) -> dict[str, Any]:
    """The box that ticks a row of a list; of any row where a wildcard is given."""
    return {"part": "data-pick", "n": number}


def data_choice(number: Any) -> dict[str, Any]:
    """What is chosen for a row of a list; of any row where a wildcard is given."""
    return {"part": "data-choice", "n": number}


def data_field(name: Any) -> dict[str, Any]:
    """A field of the form below a list; any where a wildcard is given."""
    return {"part": "data-field", "field": name}


def data_button(name: Any) -> dict[str, Any]:
    """A button of the page of data; any where a wildcard is given."""
    return {"part": "data-button", "button": name}


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
