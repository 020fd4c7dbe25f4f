"""A run that costs what changed: the firms that new files touch are rebuilt apart and merged into the last release.

load ─▶ part: the new rows and every row linked to them ─ the ordinary steps ─▶ merge: a copy of the last release,
its rows of those firms replaced ─▶ tables of the whole zone built again

Two rows are linked when they share a code or a name, directly or through other rows, so a part contains all rows of
its firms and all rows that bear a name. Where a part might differ from a full run, everything is rebuilt.
"""

from warehouse.release.delta.affected import Basis, add_affected, basis_of
from warehouse.release.delta.keys import write_keys
from warehouse.release.delta.merge import (
    REPLACED,
    build_firm_tables,
    build_zone_tables,
    discard,
    has_same_days,
    is_part,
    merged,
    release_of,
)

__all__ = [
    "REPLACED",
    "Basis",
    "add_affected",
    "basis_of",
    "build_firm_tables",
    "build_zone_tables",
    "discard",
    "has_same_days",
    "is_part",
    "merged",
    "release_of",
    "write_keys",
]
