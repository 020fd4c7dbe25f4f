"""A large zone in buckets of its firms: the same models and rules, each bucket in a DuckDB of its own.

core of the zone ─ cut by firm ─▶ facts ─ verdicts ─ tables of firms, a file a bucket ─▶ united ─▶ tables of the zone

What is built by bucket, and what a bucket reads, follows from the models (``warehouse/models/graph.py``).
"""

SLICES = 256
"""A firm's slice is the first byte of its key, as ``core_firm__facts.bucket``; a bucket is some slices in a row."""


def slices_of(number: int, of: int) -> tuple[int, int]:
    """The first and the last slice of the share ``number`` of ``of``."""
    return number * SLICES // of, (number + 1) * SLICES // of - 1


def keys_of(slices: tuple[int, int]) -> tuple[int, int]:
    """The least and the greatest key of firms from one slice to another."""
    return slices[0] << 56, (slices[1] + 1 << 56) - 1
