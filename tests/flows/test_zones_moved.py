"""A zone is moved to another installation, restored, renamed and removed as ``docs/zones.md`` says."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from test_zones import ENTRY, installation
from tiny_zone import TinyZone
from typer.testing import CliRunner
from whole_job import DAY

from flows import cli
from flows.zones.run_zone import ZonesPlan, run_zone
from service.queries.installation import zones as above
from warehouse.home import Home
from warehouse.zones import marts, registry

pytestmark = [pytest.mark.faults, pytest.mark.rule("true-documents")]


def run_again(home: Home, code: str) -> tuple[str, str | None]:
    """State and current run of a zone after its next run."""
    (zone,) = registry.chosen(home, [code])
    run = run_zone(zone, ZonesPlan(home.root, DAY))
    return run.state, run.run_id


def listed(home: Home) -> dict[str, Any]:
    return {row["code"]: row["run_id"] for row in above.zones(home)}


def write_zones(home: Home, inboxes: dict[str, Path]) -> None:
    lines = [ENTRY.format(code=code, inbox=inbox) for code, inbox in inboxes.items()]
    (home.root / registry.FILE).write_text("zones:\n" + "".join(lines), "utf-8")


def test_a_zone_is_moved_restored_renamed_and_removed(tiny: TinyZone, tmp_path: Path) -> None:
    (first := tmp_path / "first").mkdir()
    (second := tmp_path / "second").mkdir()
    before = installation(first, tiny.inbox, "p", "left")
    inbox = registry.read_zones(before)[0].inbox
    folder = registry.home_of(before, "p").root
    shutil.copytree(tiny.home, folder)
    state, run_id = run_again(before, "p")
    assert state == "unchanged"

    # Move: a backup for safety, the folder and its line; a run there; then line and folder out here.
    backup = ["casebook", "backup", str(tmp_path / "p.db"), "--home", str(folder)]
    done = CliRunner().invoke(cli.app, backup)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "p.db").is_file()
    after = Home(second / "installation")
    (after.root / "zones").mkdir(parents=True)
    shutil.copytree(folder, registry.home_of(after, "p").root)
    write_zones(after, {"p": inbox})
    assert run_again(after, "p") == ("unchanged", run_id)
    assert listed(after) == {"p": run_id}
    write_zones(before, {"left": first / "inbox-left"})
    shutil.rmtree(folder)
    assert listed(before) == {"left": None}
    assert above.unlisted(before) == []

    # Restore: the folder comes back; marts that are missing or of another run are written anew.
    kept = shutil.copytree(registry.home_of(after, "p").root, tmp_path / "kept")
    shutil.rmtree(registry.home_of(after, "p").root)
    shutil.rmtree(after.root / marts.FOLDER)
    shutil.copytree(kept, registry.home_of(after, "p").root)
    assert listed(after) == {"p": None}
    assert run_again(after, "p") == ("unchanged", run_id)
    assert listed(after) == {"p": run_id}

    # Rename: the code and the folder; what is asked meanwhile is told to do the other half.
    write_zones(after, {"q": inbox})
    assert above.unlisted(after) == ["p"]
    registry.home_of(after, "p").root.rename(registry.home_of(after, "q").root)
    assert run_again(after, "q") == ("unchanged", run_id)
    assert listed(after) == {"q": run_id}

    # Remove: the line, and the folder out of zones/; its files in marts/ are read no more.
    write_zones(after, {"other": inbox})
    registry.home_of(after, "q").root.rename(tmp_path / "removed")
    assert (after.root / marts.FOLDER / "q.json").exists()
    assert listed(after) == {"other": None}
    assert above.unlisted(after) == []
