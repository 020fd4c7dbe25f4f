"""Movement as data: changes, signals and limits, each with its reason, and their words."""
