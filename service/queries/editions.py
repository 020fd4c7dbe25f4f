"""The editions of the rules, as rows."""

from typing import Any

from tiers import load_rulebook


def editions_of(place: str | None = None) -> list[dict[str, Any]]:
    """Every edition by its id; with ``place`` those of that place and of the places around it."""
    rows = load_rulebook().tables()["ref_editions"].sort("edition_id").to_dicts()
    return [row for row in rows if place is None or place.startswith(row["place"])]
