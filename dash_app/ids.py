"""The ids of all components; no other module writes one."""

from typing import Any

# The shell
URL = "url"
PAGE = "page"
ORDER = "order"
SESSION_NOTICE = "session-notice"

# Every page
MAIN = "main"
FRESHNESS = "freshness"

# The movers
SEARCH = "q"
HELD = "held"
INCUBATOR = "incubator"
MATCHING = "matching"
GRID = "grid"


# The firm
def fold(edition: Any) -> dict[str, Any]:
    """What opens the conditions of an edition; of any edition where a wildcard is given."""
    return {"part": "fold", "edition": edition}


def proof(edition: Any) -> dict[str, Any]:
    """What holds the conditions of an edition; of any edition where a wildcard is given."""
    return {"part": "proof", "edition": edition}
