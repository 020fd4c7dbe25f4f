"""Jobs that a schedule starts: their pool, the worker that waits for them, the process each runs in."""
