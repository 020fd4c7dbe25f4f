"""The smallest step: which figures would have to change, by how much, for a firm to meet an edition."""

from tiers.step.search import Change, Step, Way, smallest_step

__all__ = ["Change", "Step", "Way", "smallest_step"]
