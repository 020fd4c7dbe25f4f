"""Where a release records the run that each of its totals rests on; read without the models of the totals."""

FORMER = "told_total"
"""The name of the table in older releases."""
RECORDS = (FORMER, "published_total")
"""The names that the table may have, the present one last."""
