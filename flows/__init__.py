"""When and in what order: the flows, their tasks, and the command line."""
