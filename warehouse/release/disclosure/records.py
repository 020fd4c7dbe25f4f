"""Where a release records the run that each of its totals rests on; read without the models of the totals."""

RECORDS = ("told_total", "published_total")
"""The name of the table in older releases, then the present name."""
