"""The place a person means."""

from tiers.errors import UnknownPlace
from tiers.places import places
from warehouse.errors import BadInput


def place_of(text: str) -> str:
    """The code of the place with this code or name; raises ``BadInput`` with places of a like name or code."""
    try:
        return places().resolve(text)
    except UnknownPlace as error:
        raise BadInput(error.zh, error.en) from error
