"""Movement as data: signals, with their thresholds and words."""
