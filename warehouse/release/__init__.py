"""Publishing: the order of releases, the pointer, a run's output files, and removal by command alone."""
