"""Every command and every example of its help, in a process of its own against a real release.

Commands are listed by introspection. The names, codes and numbers of an example are replaced by those of the release.
Examples speak Chinese and English by turns; the words of the other language may come from data alone.
"""

import inspect
import re
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import example_cases
import example_events
import forked
import pytest
import typer
from child_runs import in_folder
from rich.cells import cell_len
from words_of_language import strange

from flows import cli
from flows.commands import feeds
from flows.terminal.help_text import examples
from service.decisions import casebook, joins, landing, quarantine, releases
from service.people.installation import People
from warehouse.home import Home
from warehouse.release.releases import Published, current
from warehouse.zones import marts, registry

pytestmark = pytest.mark.rule("true-documents")

NOW = datetime(2026, 6, 30, tzinfo=UTC)
ELSEWHERE = {"run", "serve", "scheduler start", "scheduler deploy", "scheduler worker", "scheduler prefect"}
"""Commands that start a job or answer until stopped: test_cli, test_prefect_api and tests/dash_app run them."""
AGAINST_ANOTHER = ("changes", "ledger", "releases remove", "release accept", "release refuse")
EXIT_CODES = dict.fromkeys(AGAINST_ANOTHER, cli.BAD_INPUT) | {
    "feeds check": feeds.WAITING,
    "feeds late": feeds.LATE,
    "casebook move": cli.INTERNAL,
}
"""Other ends than 0: there is one release, which must stay, has none before it and is not held; rows of the sample's
file wait, and feeds of the sample are late; no PostgreSQL of the account of the example is here."""
WIDTH = 80
TERMINAL = {"COLUMNS": str(WIDTH), "TTY_COMPATIBLE": "1"}
FOR_PIPELINES = {"csv", "json", "--json"}
"""Words of examples whose answer is for a program."""
PAGES = {"catalogue", "quality page"}
"""Commands that print a page of the documents."""
OF_A_LIBRARY = {"casebook move"}
"""Commands whose answer ends with what a library reported, in its own words."""
FILES = {
    "登记信息_20260601": "registry__firms",
    "登记信息_20260615": "registry__firms",
    "瞪羚企业名单_2026-09-01_公告": "recognition__gazelle",
}
"""Files that examples name, and the feed of which they get the first file of the sample."""


def _commands(app: typer.Typer, *path: str) -> Iterator[tuple[str, str]]:
    """Every command of an application and of its groups, with its help."""
    for entry in app.registered_commands:
        assert entry.callback is not None
        name = entry.name or entry.callback.__name__.replace("_", "-")
        yield " ".join((*path, name)), entry.callback.__doc__ or ""
    for group in app.registered_groups:
        assert group.typer_instance is not None
        callback = group.typer_instance.registered_callback
        if callback and callback.invoke_without_command and callback.callback:
            yield str(group.name), callback.callback.__doc__ or ""
        yield from _commands(group.typer_instance, *path, str(group.name))


COMMANDS = dict(_commands(cli.app))
EXAMPLES = [(name, example) for name, text in COMMANDS.items() for example in examples(text)]


LANGUAGE = {pair: ("zh", "en")[place % 2] for place, pair in enumerate(EXAMPLES)}


def test_every_command_has_an_example_of_itself() -> None:
    default = {
        "match file": "match",
        "case firm": "case",
        "assign firm": "assign",
        "assign leave take": "assign leave",
    }  # run where none is named
    shown = {name for name, example in EXAMPLES if example.startswith(f"tidu {default.get(name, name)}")}

    assert COMMANDS.keys() - shown == set()
    assert COMMANDS.keys() >= ELSEWHERE | EXIT_CODES.keys()


@dataclass(frozen=True)
class Standing:
    """What words of examples stand for in the release, by a pattern of the word; a row's address; the firm of cases."""

    words: Mapping[str, str]
    row: str
    filed: str


@pytest.fixture(scope="module")
def standing(published: Published) -> Standing:
    """Asked once: each command has a copy of this release."""
    firm, other = published.rows("select firm_id, name from mart_movers__firms order by firm_id limit 2")
    waiting = published.rows(
        "select * from quarantine where severity = 'quarantine' and field <> ''"
        " and sheet <> '' and rule_id not like 'U%' and try_cast(value as double) >= 0"
        " order by address limit 1"
    )[0]
    (report,) = published.rows("select subject, firm, year from unit_judgement where verdict = 'factor' limit 1")
    (run,) = published.rows("select run_id from mart_run__summary")
    row = f"{waiting['feed']}/{waiting['delivery_id']}/{waiting['sheet']}/{waiting['row_no']}"
    words = {
        r"91330106MA01000231|乙公司": other["firm_id"],
        r"91330106MA01004Y1E/2023": f"{report['firm']}/{report['year']}",
        r"91\w{15,16}|甲公司": firm["firm_id"],
        r"\w+__\w+/[0-9a-f]{16}/\w+/\d+/[A-Z]\d\d": f"{row}/{waiting['rule_id']}",
        r"\w+__\w+/[0-9a-f]{16}/\w*/\d+": row,
        r"founded_on": waiting["field"],
        r"2015-02-28": waiting["value"],
        r"杭州甲乙科技集团": "某某名称",
        r"\d{8}-\d{6}-[0-9a-f]{4}": run["run_id"],
        r"2026-05-01T12:00": run["run_id"],
        r"5000": "200",  # firms of a sample
    }
    return Standing(words, row, published.rows(example_cases.FILED)[0]["firm_id"])


def _made(home: Home, name: str, row: str) -> Mapping[str, str]:
    """The number of what is made for the command, for the words that stand for it."""
    return {r"12": str(_statement(home, name, row)), r"1a2b3c4d": _person(home, name)}


def _statement(home: Home, name: str, row: str) -> int:
    """The number of a decision that the command may withdraw; 0 for other commands."""
    if name == "quarantine undo":
        return quarantine.reject(home, row, by="王", why="重复", now=NOW)[0].statement_id
    if name == "match undo":
        firm = Published(home).rows("select firm_id from mart_movers__firms order by firm_id limit 1")[0]["firm_id"]
        return joins.join(home, "某某名称", firm, by="王", why="已核实", now=NOW).statement_id
    return example_events.number(home, name, NOW)


def _person(home: Home, name: str) -> str:
    """Makes the account or the token that the command is about; the number of the token, nothing for other commands."""
    people = People(home, lambda: NOW)
    by = {"by": "王", "why": "开户"}
    if name in ("account change", "account disable", "account enable", "account link", "token create"):
        people.accounts.create("李娜", "officer", "park:330108", **by)
    if name == "account enable":
        people.accounts.set_active("李娜", False, **by)
    return people.tokens.create("数据中台", "zone", 9, **by)[1].token_id if name == "token revoke" else ""


def _files(folder: Path, inbox: Path, home: Home, name: str) -> Mapping[str, str]:
    """Writes the files that examples name; the names of those that are known by another."""
    names = {}
    for stem, feed in FILES.items():
        first = min((inbox / feed).iterdir())
        shutil.copy(first, folder / f"{stem}{first.suffix}")
        names |= {rf"{stem}\.\w+": first.name if name.startswith("landing") else f"{stem}{first.suffix}"}
    draft = folder / "drafts" / "gazelle" / "CN" / "2027.yml"
    draft.parent.mkdir(parents=True)
    shutil.copy(Path(cli.__file__).parents[1] / "tiers" / "editions" / "gazelle" / "CN" / "2022.yml", draft)
    if name == "casebook verify":
        casebook.backup(home, folder / "casebook-20260630.db")
    if name == "zones":
        _publish_a_zone(home)
    if name == "landing restore":
        landing.set_aside(home, min((inbox / "registry__firms").iterdir()).name, by="王", why="重复", now=NOW)
    return names


def _publish_a_zone(home: Home) -> None:
    """The home as an installation of a single zone, whose marts are those of its own release."""
    entry = (
        "{code: hz, zh: 杭州高新区, en: Hangzhou zone, place: CN-3301, inbox: inbox, peers: growing, owner: 王,"
        " shares_firms: true}"
    )
    (home.root / registry.FILE).write_text(f"zones:\n  - {entry}\n", "utf-8")
    marts.export(home, registry.read_zones(home)[0], current(home))


@pytest.fixture(scope="module")
def names(released: Home, sample_zone: Path) -> list[str]:
    """What the release calls firms, incubators and files, and what people stated: the same in every language."""
    published = Published(released)
    firms = [row["name"] for row in published.rows("select name from core_firm__names")]
    incubators = [row["incubator"] for row in published.rows("select distinct incubator from mart_incubator__tenants")]
    stated = [inspect.getsource(module) for module in (example_cases, example_events, sys.modules[__name__])]
    return [*firms, *incubators, *stated, *(path.name for path in sample_zone.rglob("*.*"))]


def _too_wide(shown: str, folder: Path) -> list[str]:
    """The lines that do not fit the terminal, except those of a path, which must stay whole to be copied."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    return [line for line in plain.splitlines() if cell_len(line.rstrip()) > WIDTH and str(folder) not in line]


@pytest.mark.parametrize(("name", "example"), [pair for pair in EXAMPLES if pair[0] not in ELSEWHERE])
def test_an_example_runs_in_a_process_of_its_own(
    name: str,
    example: str,
    own_home: Home,
    sample_zone: Path,
    tmp_path: Path,
    names: list[str],
    standing: Standing,
) -> None:
    cases = example_cases.meant(own_home, name, tmp_path, standing.filed)
    files = _files(tmp_path, sample_zone, own_home, name)
    made = _made(own_home, name, standing.row)
    meant = {**cases, **files, **standing.words, **made, **cases}  # in this order, a case's own words hold
    words = [
        next((value for pattern, value in meant.items() if re.fullmatch(pattern, word)), word)
        for word in shlex.split(example.partition(" > ")[0])[1:]
    ]

    if "--frozen" in words:
        releases.freeze(own_home, "2026-06", date(2026, 7, 1), NOW)

    lang = LANGUAGE[name, example]
    environment = {"TIDU_HOME": str(own_home.root), "TIDU_LANG": lang, **TERMINAL}
    ended = forked.run(in_folder, str(tmp_path), *words, environment=environment)

    assert ended.returncode == EXIT_CODES.get(name, 0), f"{words}: {ended.stdout} {ended.stderr}"
    assert "Traceback" not in ended.stdout + ended.stderr
    if FOR_PIPELINES.isdisjoint(words) and name not in PAGES:
        assert _too_wide(ended.stdout + ended.stderr, tmp_path) == []
    if FOR_PIPELINES.isdisjoint(words) and name not in PAGES | OF_A_LIBRARY:
        files = [path.name for path in tmp_path.rglob("*")]
        files += [(tmp_path / word).read_bytes().decode("gb18030", "ignore") for word in words if word.endswith(".csv")]
        assert strange(ended.stdout + ended.stderr, lang, [*names, *words, *files]) == []
    assert ended.stdout.strip() or ended.stderr.strip() or "csv" in words  # a list without rows has no line
