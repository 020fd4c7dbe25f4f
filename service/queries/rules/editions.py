"""The editions of the rules, as rows."""

from typing import Any

from service.queries.rules.places import place_of
from tiers import load_rulebook
from tiers.places import is_within


def editions_of(place: str | None = None) -> list[dict[str, Any]]:
    """Every edition by its id; with ``place``, a code or name, those of that place and of the places around it.

    Raises ``BadInput`` for a place that is not known.
    """
    code = place_of(place) if place else None
    rows = load_rulebook().tables()["ref_editions"].sort("edition_id").to_dicts()
    return [row for row in rows if code is None or is_within(code, row["place"])]
