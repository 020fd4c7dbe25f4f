"""Evaluation of editions as Polars expressions: conditions, metrics and scores become columns."""
