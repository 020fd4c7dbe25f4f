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

# The movers
SEARCH = "q"
MATCHING = "matching"
FACETS = "facets"


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


# Reconciliation
BRIDGE_SINCE = "bridge-since"
BRIDGE_UNTIL = "bridge-until"
BRIDGE_CHART = "bridge-chart"

# Flows
FLOWS_SINCE = "flows-since"
FLOWS_UNTIL = "flows-until"

# What-if on the zone
TRIAL_EDITION = "trial-edition"
TRIAL_OTHER = "trial-other"
TRIAL_RUN = "trial-run"
TRIAL_EXPORT = "trial-export"
TRIAL_FILE = "trial-file"


def threshold(condition: Any) -> dict[str, Any]:
    """The field of the threshold of a condition; of any condition where a wildcard is given."""
    return {"part": "threshold", "condition": condition}
