"""Writes paper as files, for commands: within the zone, as the user of this machine."""

from collections.abc import Sequence
from pathlib import Path

from service.paper.pack import monday_pack
from service.paper.sheet import firm_sheet
from service.queries.firm.firm_lookup import find_firm
from service.reader import Service
from service.scope import single_user
from warehouse.home import Home
from warehouse.machine.clock import Clock
from warehouse.release.releases import Published


def write_sheets(home: Home, firms: Sequence[str], out: Path, lang: str, clock: Clock) -> list[Path]:
    """A sheet for each firm, ``CODE.pdf``; raises ``BadInput`` where no firm, or several are meant by a word."""
    scope, published = single_user(), Published(home)
    with published.at_once() as release:
        codes = [str(find_firm(release, words)["firm_id"]) for words in firms]
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    with Service(home, clock).release(scope) as asked:
        work = asked.casework(scope)
        for code in dict.fromkeys(codes):
            file = asked.firm(code)
            if file is not None:
                paths.append(_written(out / f"{code}.pdf", firm_sheet(file, work, lang)))
    return paths


def write_pack(home: Home, path: Path, lang: str) -> Path:
    """The Monday pack of the zone."""
    with Service(home).release(single_user()) as asked:
        return _written(path, monday_pack(asked.pack(), asked.freshness(), lang))


def _written(path: Path, content: bytes) -> Path:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
    return path
