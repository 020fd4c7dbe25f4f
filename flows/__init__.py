"""When and in what order: the refresh flow, its tasks, and the command line."""
