"""What the last run of each zone came to: ``states/<code>.json`` in the home of the installation."""

import json
from dataclasses import asdict, dataclass

from warehouse.home import Home
from warehouse.release.pointer import flush

FOLDER = "states"


@dataclass(frozen=True)
class LastRun:
    """State of the last run of a zone (see ``flows.zones.run_zone``) and when it ended, as text in UTC.

    ``refused`` counts the files that are refused and wait for a person.
    """

    zone: str
    state: str
    at: str
    refused: int = 0


def write(home: Home, run: LastRun) -> None:
    """Keep the state of a zone in place of that of its run before."""
    path = home.root / FOLDER / f"{run.zone}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(json.dumps(asdict(run)) + "\n", "utf-8")
    flush(part)
    part.replace(path)


def read(home: Home, code: str) -> LastRun | None:
    """The last run of a zone; None before the first, and where its file cannot be read: the next run writes it anew."""
    try:
        content = json.loads((home.root / FOLDER / f"{code}.json").read_text("utf-8"))
        return LastRun(code, str(content["state"]), str(content["at"]), int(content.get("refused", 0)))
    except (OSError, ValueError, KeyError, TypeError):
        return None
