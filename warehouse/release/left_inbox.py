"""Refused files that left the inbox, whose refusal has ended though the release still has it: ``left_inbox.json``.

A release is never edited, so what a run finds gone since is kept beside the releases. Written only where it changes.
"""

import json
from collections.abc import Iterable

from warehouse.home import Home
from warehouse.release.pointer import flush

FILE = "left_inbox.json"


def write(home: Home, deliveries: Iterable[str]) -> None:
    """Keep the refused deliveries whose files are not in the inbox, in place of those of the run before."""
    left = sorted(deliveries)
    if left == sorted(read(home)):
        return
    path = home.root / FILE
    part = path.with_name(f".{FILE}.part")
    part.write_text(json.dumps(left) + "\n", "utf-8")
    flush(part)
    part.replace(path)


def read(home: Home) -> frozenset[str]:
    """Those deliveries; none before the first, or where the file cannot be read: a refusal is rather shown too long."""
    try:
        content = json.loads((home.root / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return frozenset()
    return frozenset(map(str, content)) if isinstance(content, list) else frozenset()
