"""What holders owe and by when, what ends a title, and the reference calculation, through the command line."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from flows import cli
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("rules-are-data")

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run ``tidu`` with words; exit code, output, messages."""

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["tidu", *words])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        printed = capsys.readouterr()
        return int(stopped.value.code or 0), printed.out, printed.err

    return run


def answer_of(say: Say, *words: str) -> Any:
    code, out, _ = say(*words, "--json")
    assert code == 0
    return json.loads(out)


def test_holders_get_their_obligations_and_what_ends_a_title(released: Home, published: Published, say: Say) -> None:
    (row, *_) = published.rows(
        "select firm_id, valid_from, valid_to from mart_firm__titles where designation = 'hnte' and is_held"
        " and valid_to > date '2027-06-30' order by firm_id limit 1"
    )
    home = ("--home", str(released.root))

    answer = answer_of(say, "duties", row["firm_id"], *home)
    (title,) = [duty for duty in answer["titles"] if duty["designation"] == "hnte"]
    due = {duty["id"]: duty["due_on"] for duty in title["duties"]}

    assert due == {"annual_report": "2027-05-31", "apply_again": str(row["valid_to"]), "change_report": None}
    assert all(duty["zh"] and duty["en"] and duty["document"] for duty in title["duties"] + title["ends"])
    assert {"fraud", "unreported", "review", "expiry"} <= {duty["id"] for duty in title["ends"]}
    assert title["tax_year"]["prepaid"] == 0.15
    code, out, _ = say("duties", row["firm_id"], *home)
    assert code == 0
    assert "2027-05-31" in out
    assert "第十九条" in out.replace("\n", "")


def test_a_firm_without_a_title_owes_nothing(released: Home, published: Published, say: Say) -> None:
    (row, *_) = published.rows(
        "select firm_id from core_firm where firm_id not in (select firm_id from mart_firm__titles) order by 1 limit 1"
    )

    assert answer_of(say, "duties", row["firm_id"], "--home", str(released.root))["titles"] == []


def test_other_costs_are_capped_and_outsourcing_counts_by_four_fifths(say: Say) -> None:
    """Seven kinds 800 + 80 % of 100 = 880, the cap a quarter of it: 220 of 300; 1100 in all, 40 of it abroad."""
    answer = answer_of(
        say,
        *("calculate", "rd", "人员人工=500万元", "直接投入=300万元"),
        *("委托境内=50万元", "委托境外=50万元", "其他=300万元", "--on", "2026-06-01"),
    )

    assert answer["outsourced_counted"] == 800_000
    assert (answer["other_cap"], answer["other_counted"]) == (2_200_000, 2_200_000)
    assert (answer["total"], answer["domestic"]) == (11_000_000, 10_600_000)
    assert any("195号" in duty for duty in answer["documents"])


def test_a_head_count_is_a_mean_of_means(say: Say) -> None:
    quarters = ("100,104", "104,108", "108,110", "110,112")

    staff = answer_of(say, "calculate", "staff", *quarters, "--by", "quarters", "--year", "2025")
    part = answer_of(say, "calculate", "staff", *quarters[:2], "--by", "quarters", "--year", "2025")

    assert (staff["mean"], staff["status"]) == (107.0, "derived")
    assert (part["mean"], part["status"]) == (104.0, "contested")


@pytest.mark.parametrize(
    "words",
    [
        ("rd", "广告=5万元"),
        ("rd", "其他=5"),
        ("rd", "其他=5万美元"),
        ("rd", "其他=-5万元"),
        ("staff", "100", "--year", "2025"),
        ("staff", "100,x", "--year", "2025"),
        ("staff", *["1,2"] * 13, "--year", "2025"),
    ],
)
def test_what_cannot_be_calculated_is_bad_input_in_the_language_spoken(say: Say, words: tuple[str, ...]) -> None:
    code, out, err = say("calculate", *words)

    assert code == 3
    assert any("一" <= sign <= "鿿" for sign in out + err)
    code, out, err = say("--lang", "en", "calculate", *words)
    assert code == 3
    assert re.search("[a-z]+ [a-z]+ [a-z]+", out + err)
