"""The smallest step: which figures would have to change, by how much, for a firm to meet an edition."""

from tiers.smallest_change.search import Change, SmallestChange, Way, smallest_change

__all__ = ["Change", "SmallestChange", "Way", "smallest_change"]
