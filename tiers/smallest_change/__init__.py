"""The smallest change of figures with which a firm would meet an edition."""

from tiers.smallest_change.figures import typed
from tiers.smallest_change.search import Change, SmallestChange, Way, smallest_change

__all__ = ["Change", "SmallestChange", "Way", "smallest_change", "typed"]
