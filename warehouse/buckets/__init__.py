"""A large zone in buckets of its firms: the same models and rules, each bucket in a DuckDB of its own.

core of the zone ─ cut by firm ─▶ facts ─ verdicts ─ tables of firms, a file a bucket ─▶ united ─▶ tables of the zone

What is built by bucket, and what a bucket reads, follows from the models (``warehouse/models/graph.py``).
"""

SLICES = 256
"""A firm's slice is the first byte of its key, as ``core_firm__facts.bucket``; a bucket is some slices in a row."""
