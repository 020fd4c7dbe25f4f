"""Commands and pages ask the service and contain no SQL; a command has a module of its name."""

import re
from pathlib import Path

import pytest
from source_files import FILES, ROOT, modules, name_of, offenders, texts_of

from flows.cli import app

pytestmark = pytest.mark.rule("imports-inwards")

COMMANDS = sorted((ROOT / "flows" / "commands").glob("*.py"))
OPEN_TO_COMMANDS = {"errors", "home", "rows", "sample"}
"""Of the warehouse: what a command raises, where it works, the rows it prints, and the maker of files to try."""
USERS_OF_THE_SERVICE = [*COMMANDS, *(ROOT / "flows" / name for name in ("cli.py", "job.py"))]
SHARED_BY_COMMANDS = {"__init__", "options", "output"}


@pytest.mark.rule("imports-inwards", "commands and pages ask the service; the warehouse is its own affair")
def test_commands_reach_the_warehouse_through_the_service() -> None:
    def reached(path: Path) -> set[str]:
        return {name.split(".")[1] for name in modules(path) if name.startswith("warehouse.")}

    assert offenders(USERS_OF_THE_SERVICE, lambda path: reached(path) - OPEN_TO_COMMANDS) == {}
    assert set().union(*map(reached, USERS_OF_THE_SERVICE)) == OPEN_TO_COMMANDS


@pytest.mark.rule("imports-inwards", "a module of flows/commands is named as its command")
def test_a_command_has_a_module_of_its_name() -> None:
    names = {str(command.name or command.callback.__name__).replace("-", "_") for command in app.registered_commands}
    names |= {str(group.name) for group in app.registered_groups}
    modules = {path.stem for path in COMMANDS} - SHARED_BY_COMMANDS

    assert names <= modules
    assert {module for module in modules - names if module.partition("_")[0] not in names} == set()


SQL = re.compile(
    r"\bselect\b.+\bfrom\b|\bselect\s+[$\d*(]|\bwith\s+\w+\s+as\s*\(|\binsert\s+into\b|\bdelete\s+from\b"
    r"|\bupdate\s+\w+\s+set\b|\b(create|alter|drop)\s+(or\s+replace\s+)?(temp\s+)?(table|view|macro|schema|index)\b"
    r"|^\s*(attach|copy|pragma|describe|checkpoint)\s+\S|^\s*from\s+\w+(\s+(where|order|limit)\b.*)?$"
    r"|\b(left|inner|cross|full)\s+join\b|\bwhere\s+\w+\s*(=|<|>|in\s*\()|\bgroup\s+by\b|\border\s+by\b",
    re.IGNORECASE | re.DOTALL,
)
"""Statements and clauses of SQL, as no sentence of ours is worded."""


@pytest.mark.rule("imports-inwards", "pages and commands contain no SQL")
def test_pages_and_commands_contain_no_sql() -> None:
    def statements(path: Path) -> list[str]:
        return [text for text in texts_of(path) if SQL.search(text)]

    assert offenders([path for path in FILES if name_of(path).startswith(("flows/", "dash_app/"))], statements) == {}


@pytest.mark.parametrize(
    "text",
    [
        "select a from b",
        "with a as (select 1) select * from a",
        "insert into a values (1)",
        "from run",
        "from run where day = $1",
        "update a set b = 1",
        "create or replace temp view a as from b",
        " and b in ($1) order by c",
        "SELECT\n  *\nFROM t",
    ],
)
def test_a_piece_of_sql_is_recognised(text: str) -> None:
    assert SQL.search(text)
