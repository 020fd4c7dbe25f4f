"""The zone as a whole: flows, time in the rung, reconciliation, targets, and why its numbers changed."""
