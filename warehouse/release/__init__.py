"""What makes publishing safe: the releases' own order, the pointer, a run's files, and removal by command alone."""
