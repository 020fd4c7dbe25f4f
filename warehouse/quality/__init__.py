"""Quality rules: what is checked, in which order, by which thresholds, and what was found."""
