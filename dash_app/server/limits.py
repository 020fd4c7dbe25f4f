"""How large a request may be: small, but where proofs are sent."""

import re

from dash_app.api_routes import PREFIX
from service.case_rules import case_rules

MAX_BODY = 1024 * 1024
"""Bytes of a request; the pages send a few filters and the order of a grid."""
_PROOFS = re.compile(rf"(?:/z/[^/]+)?(?:{PREFIX}/cases/[^/]+/contests|/contest/[^/]+)")


def largest_body(method: str, path: str) -> int:
    """The bytes that a request may have; with proofs, besides the rest of it, those of one of the largest size."""
    if method == "POST" and _PROOFS.fullmatch(path):
        return MAX_BODY + case_rules().proofs.largest_mb * 1024 * 1024
    return MAX_BODY
