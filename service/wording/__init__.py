"""How values, verdicts, events, sources and moments are written, for commands and pages alike."""
