"""The firms that a run over what is new has built anew, as what follows in the complete build needs to know them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Touched:
    """Tables of a build: the firms whose rows may differ from those of the release it was copied from; their facts."""

    firms: str
    facts: str
