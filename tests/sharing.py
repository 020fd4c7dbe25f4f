"""Which modules of tests one worker takes together: those that share what each process makes once and keeps."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parent
SHARED = re.compile(r"^from (source_files|case_files) import", re.MULTILINE)
"""The syntax trees of all files; the answers to all cases: a second worker would make them again."""


@cache
def group_of(module: str) -> str:
    """What a module, by its path below the root of the project, shares; else the module alone."""
    path = TESTS.parent / module
    shared = SHARED.search(path.read_text("utf-8")) if path.is_file() else None
    return shared[1] if shared else module


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object | None:
    """As ``--dist loadfile``, with modules that share something in one worker."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid.partition("::")[0])

    return Together(config, log)
