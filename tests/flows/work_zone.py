"""A zone of three firms with a release, and a person who works on their cases."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tiny_zone import TinyZone, code

from service.decisions.signed import Signed
from service.queries.release import casebook
from warehouse.casebook import proofs
from warehouse.casebook.book import Book
from warehouse.casebook.events import Event
from warehouse.home import Home

NOW = datetime(2026, 6, 30, 9, tzinfo=UTC)
"""A Tuesday."""


def fill(folder: Path) -> TinyZone:
    """Three firms, two with a yearly form."""
    zone = TinyZone(folder)
    zone.registry(*((number, f"杭州第{number}号科技有限公司") for number in (1, 2, 3)))
    usual = {"name": "某企业", "total_income": 3000}
    zone.yearly(
        2025,
        {"uscc": 1, "revenue": 2000, "rd_hnte": 100, **usual},
        {"uscc": 2, "revenue": 2000, **usual},
    )
    return zone


def by(name: str = "王", **more: Any) -> Signed:
    """This person decides now."""
    return Signed(name, more.pop("why", "试"), more.pop("now", NOW), **more)


def pdf(folder: Path, name: str = "审计报告.pdf") -> Path:
    """A file that is a PDF by its first bytes."""
    path = folder / name
    path.write_bytes(b"%PDF-1.7\n%%EOF\n")
    return path


def firm(number: int = 1) -> str:
    """The code of a firm."""
    return code(number)


def events(home: Home) -> list[Event]:
    """The events of cases, without what the run itself stated."""
    return [event for event in Book(home).events() if "." in event.kind]


def home_of(zone: TinyZone) -> Home:
    """The home of the zone."""
    return Home(zone.home)


def assert_a_changed_proof_is_a_problem(home: Home, proof: dict[str, Any]) -> None:
    path = proofs.path_of(home, proof["sha256"])
    content = path.read_bytes()
    assert casebook.verify(home).problems == ()
    for damage in (lambda: path.write_bytes(content + b"%"), path.unlink):
        damage()
        (problem,) = casebook.verify(home).problems
        assert proof["name"] in problem.zh
        assert str(path) in problem.en
    path.write_bytes(content)
