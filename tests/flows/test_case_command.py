"""The commands about cases: 80 columns suffice, JSON has all, messages name the way out and nobody's name."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from tiny_zone import TinyZone
from work_zone import fill, firm, home_of, pdf

from flows import cli
from warehouse.home import Home

pytestmark = pytest.mark.rule("way-out")

WIDTH = 80
Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(run_once: Callable[..., TinyZone]) -> Home:
    return home_of(run_once("three-firms", fill))


@pytest.fixture
def say(home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run ``tidu`` with words on the home; exit code, output, messages."""
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    monkeypatch.setenv("TIDU_HOME", str(home.root))

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["tidu", *words])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        printed = capsys.readouterr()
        return int(stopped.value.code or 0), printed.out, printed.err

    return run


@pytest.fixture
def worked(say: Say, home: Home, made_once: Callable[..., Path]) -> Say:
    """The same after a day's work on the first firm, which is done once."""

    def make(folder: Path) -> None:
        work(say, folder)
        shutil.copytree(home.root, folder / "home")

    done = made_once("worked-on-firms", make)
    shutil.rmtree(home.root)
    shutil.copytree(done / "home", home.root)
    return say


def work(say: Say, tmp_path: Path) -> None:
    proof = pdf(tmp_path, "一份名字很长很长很长很长很长很长很长很长很长很长的审计报告.pdf")
    long = "需要两千平米、层高八米、承重两吨、靠近地铁、可分期付款的研发与中试厂房" * 3
    for words in (
        ("assign", firm(), "--to", "王", "--deputy", "李", "--by", "赵"),
        ("visit", "record", firm(), "--note", long, "--by", "王", "--ours", "送政策包=2020-01-01", "--theirs", long),
        ("request", "add", firm(), "--what", long, "--by", "王"),
        ("task", "add", firm(), "--what", long, "--due", "2030-03-31", "--by", "王"),
        ("application", "open", firm(), "hnte", "--by", "王"),
        ("contest", "add", firm(), "revenue_y0", "5200万元", "--proof", str(proof), "--by", "王", "--why", long),
    ):
        code, out, err = say(*words)
        assert code == 0, err
        assert "王" not in out


@pytest.mark.parametrize(
    "words",
    [
        ("case", firm()), ("case", "history", firm()), ("task", "list"), ("request", "list"), ("application", "list"),
        ("contest", "list"), ("contest", "sheet", firm()), ("visit", "list", firm()), ("assign", "list"),
        ("assign", "without-owner"), ("contest", "preview", firm(), "revenue_y0", "5200万元"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_eighty_columns_suffice(worked: Say, words: tuple[str, ...]) -> None:
    code, out, err = worked(*words)

    assert (code, err) == (0, "")
    assert out.strip()
    assert [line for line in out.splitlines() if cell_len(line.rstrip()) > WIDTH] == []


def test_a_case_as_json_has_everything(worked: Say) -> None:
    _, out, _ = worked("case", firm(), "--json")

    answer = json.loads(out)
    assert {name: len(answer[name]) for name in ("tasks", "requests", "applications", "contests", "visits")} == {
        "tasks": 1, "requests": 1, "applications": 1, "contests": 1, "visits": 1,
    }  # fmt: skip
    assert (answer["owner"]["owner"], answer["owner"]["deputy"], answer["services"]) == ("王", "李", [])


def test_an_unkept_promise_past_its_day_is_marked(worked: Say) -> None:
    _, out, _ = worked("visit", "list", firm())

    assert "逾期" in "".join(out.split())


def test_a_conflict_shows_both_versions_and_ends_as_bad_input(worked: Say) -> None:
    _, out, _ = worked("task", "list", "--format", "json")
    (row,) = json.loads(out)
    worked("task", "done", row["number"], "--outcome", "王已报", "--by", "王")

    code, _, err = worked(
        "task", "drop", row["number"], "--outcome", "李以为不需要", "--by", "李", "--version", str(row["version"])
    )
    assert code == cli.BAD_INPUT
    assert all(words in err for words in ("王已报", "李以为不需要", "--version"))


def test_a_hand_over_lists_what_is_open(worked: Say) -> None:
    code, out, _ = worked("assign", "hand-over", "--from", "王", "--to", "钱", "--by", "赵", "--why", "调离")

    assert code == 0
    assert all(thing in out for thing in ("任务", "诉求", "申报", "异议"))
    _, listed, _ = worked("task", "list", "--officer", "钱", "--format", "json")
    assert len(json.loads(listed)) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("task", "done", "00000000", "--by", "王"), "tidu task list"),
        (("case", "undo", "99", "--by", "王", "--why", "误"), "tidu case"),
        (("assign", "by-rule", "--by", "王"), "assignment.yml"),
        (("contest", "sheet", firm()), "没有提出过异议"),
        (("case", "没有这家企业"), "没有这家企业"),
    ],
)
def test_what_cannot_be_done_says_why_and_the_way_out(say: Say, words: tuple[str, ...], message: str) -> None:
    code, _, err = say(*words)

    assert code == cli.BAD_INPUT
    assert message in err


def test_an_owner_is_named_or_found_by_rule_but_not_both(say: Say) -> None:
    for words in (("assign", firm(), "--by", "赵"), ("assign", firm(), "--by", "赵", "--to", "王", "--rule")):
        assert say(*words)[0] == 2
