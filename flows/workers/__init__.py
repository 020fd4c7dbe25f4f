"""Processes of this machine that take tasks of a run."""
