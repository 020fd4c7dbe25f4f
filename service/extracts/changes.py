"""What changed for an incubator since the last delivery: tenants that came or went, and what changed of the others."""

from collections.abc import Mapping, Sequence
from typing import Any

from service.extracts.rows import LANGS
from warehouse.rows import Row

WORDED = ("titles_{}", "met_{}", "signals_{}", "next_{}", "gap_{}", "due_on", "start_by", "window_closes_on", "contact")
"""What is compared, in the order in which it is listed; the names of columns of the sheet of tenants."""
KEPT = ("firm_id", "name", "entered_on", *WORDED)
CAME, LEFT, DISSOLVED = "came", "left", "dissolved"
KEPT_APART = ("tenants", "dissolved")


def kept(tables: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """What is stored of a delivery so that the next one is compared with it: texts by firm, in both languages."""
    names = sorted({name.format(lang) for name in KEPT for lang in LANGS})
    return {
        table: [{name: _text(row.get(name)) for name in names if name in row} for row in tables[table]]
        for table in KEPT_APART
    }


def changes(before: Mapping[str, Sequence[Row]], now: Mapping[str, Sequence[Row]], lang: str) -> list[Row]:
    """A row a change: ``kind``, firm_id, name, ``what`` (a column, or None), before, now.

    Both are as ``kept`` has them. First who came, went or was dissolved, then the others by firm.
    """
    old, new = ({row["firm_id"]: row for row in side["tenants"]} for side in (before, now))
    gone, was_gone = ({row["firm_id"]: row for row in side["dissolved"]} for side in (now, before))
    rows = [_of(CAME, new[firm], None, None, new[firm].get("entered_on")) for firm in new.keys() - old.keys()]
    rows += [_of(DISSOLVED, gone[firm]) for firm in gone.keys() - was_gone.keys()]
    rows += [_of(LEFT, old[firm]) for firm in old.keys() - new.keys() - gone.keys()]
    rows.sort(key=lambda row: ((CAME, DISSOLVED, LEFT).index(row["kind"]), row["firm_id"]))
    for firm in sorted(old.keys() & new.keys()):
        for name in (worded.format(lang) for worded in ("name", *WORDED)):
            if old[firm].get(name) != new[firm].get(name):
                rows.append(_of("changed", new[firm], name, old[firm].get(name), new[firm].get(name)))
    return rows


def _of(kind: str, row: Row, what: str | None = None, before: str | None = None, now: str | None = None) -> Row:
    return {"kind": kind, "firm_id": row["firm_id"], "name": row["name"], "what": what, "before": before, "now": now}


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
