"""Numbers from environment variables: a value that is none is refused by name and value, never passed over."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from source_files import FILES, ROOT, name_of, offenders

from warehouse.errors import BadInput
from warehouse.machine import settings


@pytest.mark.parametrize("text", ["", "0", "-1", "1e6", "two", "1.5", "２", " 3"])
def test_what_is_no_whole_number_above_zero_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("TIDU_MOST_ROWS", text)

    with pytest.raises(BadInput) as raised:
        settings.whole_number("TIDU_MOST_ROWS", 7)

    for message in (raised.value.zh, raised.value.en):
        assert "TIDU_MOST_ROWS" in message
        assert text in message
        assert "7" in message


@pytest.mark.parametrize("text", ["", "-1", "1e6", "two", "1.5.2", "."])
def test_what_is_no_number_of_seconds_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("TIDU_SETTLE_SECONDS", text)

    with pytest.raises(BadInput, match="TIDU_SETTLE_SECONDS"):
        settings.seconds("TIDU_SETTLE_SECONDS", 1.0)


def test_a_variable_that_is_set_counts_and_the_default_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDU_MOST_ROWS", "12")
    monkeypatch.setenv("TIDU_SETTLE_SECONDS", "0.05")

    assert (settings.whole_number("TIDU_MOST_ROWS", 7), settings.seconds("TIDU_SETTLE_SECONDS", 1.0)) == (12, 0.05)
    monkeypatch.delenv("TIDU_MOST_ROWS")
    monkeypatch.delenv("TIDU_SETTLE_SECONDS")
    assert (settings.whole_number("TIDU_MOST_ROWS", 7), settings.seconds("TIDU_SETTLE_SECONDS", 1.0)) == (7, 1.0)


def test_a_command_names_the_variable_and_needs_none_for_its_help() -> None:
    command = [sys.executable, "-m", "flows", "movers", "--lang", "en"]

    refused = subprocess.run(command, capture_output=True, text=True, env={"TIDU_DATABASE_THREADS": "two"}, cwd=ROOT)
    helped = subprocess.run(
        [*command, "--help"], capture_output=True, text=True, env={"TIDU_DATABASE_THREADS": "two"}, cwd=ROOT
    )

    assert "TIDU_DATABASE_THREADS: “two”" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert (refused.returncode, helped.returncode) == (3, 0)


def test_no_other_module_takes_a_number_from_the_environment() -> None:
    def taken(path: Path) -> list[str]:
        text = path.read_text("utf-8")
        return re.findall(r"\b(?:int|float)\(os\.(?:environ|getenv)", text)

    assert offenders([path for path in FILES if name_of(path) != "warehouse/machine/settings.py"], taken) == {}
