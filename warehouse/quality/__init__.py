"""Quality rules: checks, their stages, thresholds, and findings."""
