"""A run that costs what changed: the firms that new files touch are rebuilt apart and merged into the last release.

load ─▶ part: the new rows and every row tied to them ─ the ordinary steps ─▶ merge: a copy of the last release,
its rows of those firms replaced ─▶ tables of the whole zone built again

Two rows are tied when they share a code or a name, directly or through other rows, so a part never splits a firm or
a question of who is meant by a name. Where a part would not give what a whole run gives, the whole is run.
"""

from warehouse.release.delta.affected import Basis, add_affected, basis_of
from warehouse.release.delta.keys import write_keys
from warehouse.release.delta.merge import build_firm_tables, build_zone_tables, has_same_days, is_part, merged

__all__ = [
    "Basis",
    "add_affected",
    "basis_of",
    "build_firm_tables",
    "build_zone_tables",
    "has_same_days",
    "is_part",
    "merged",
    "write_keys",
]
