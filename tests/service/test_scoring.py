"""Scores from what is published."""

import csv
import io
import json

import pytest

from flows import cli
from service.queries.rules import scores
from tiers.points_scheme import SCHEMES
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("answers-agree")


def test_a_firm_is_scored_alone_as_among_all(released: Home, published: Published) -> None:
    scheme, rows = scores.of_all(released, "example/2026")
    known = published.rows("select count(*) as n from core_firm__facts as f, parameter as p where f.day = p.day")

    assert len(rows) == known[0]["n"]
    assert {row["scheme_id"] for row in rows} == {scheme["scheme_id"]} == {"example/2026"}
    assert [row["low"] for row in rows] == sorted((row["low"] for row in rows), reverse=True)
    for row in (rows[0], rows[-1]):
        answer = scores.of_firm(released, row["firm_id"], "example/2026")
        assert (answer["score"]["low"], answer["score"]["high"]) == (row["low"], row["high"])
        assert answer["score"]["firms"] == len(rows)
        assert all(indicator["zh"] and indicator["en"] for indicator in answer["indicators"])
        assert all(
            indicator["missing_zh"] or indicator["low"] == indicator["high"]
            for indicator in answer["indicators"]
            if row["phase"]
        )


def test_a_draft_is_scored_from_its_file(released: Home) -> None:
    assert scores.of_all(released, str(SCHEMES / "example" / "2026.yml")) == scores.of_all(released, "example/2026")


@pytest.mark.parametrize(
    ("scheme", "message"),
    [("CN/2024", "weights_not_loaded"), ("CN/1999", "example/2026"), ("/nowhere/CN/2030.yml", "2030")],
)
def test_a_scheme_that_cannot_score_is_bad_input(released: Home, scheme: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        scores.of_all(released, scheme)


def test_the_commands_answer_people_and_pipelines(
    released: Home, published: Published, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    firm = published.rows("select firm_id from core_firm order by firm_id limit 1")[0]["firm_id"]

    def tidu(*words: str) -> tuple[str, object]:
        monkeypatch.setattr("sys.argv", ["tidu", *words])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        return capsys.readouterr().out, stopped.value.code

    home = ["--scheme", "example/2026", "--home", str(released.root)]
    assert json.loads(tidu("score", firm, *home, "--json")[0])["scheme"]["is_example"] is True
    assert "示例方案" in tidu("score", firm, *home)[0]
    listed = list(csv.DictReader(io.StringIO(tidu("score", "--all", *home, "--format", "csv")[0])))
    assert listed[0]["scheme_id"] == "example/2026"
    assert {row["scheme_id"]: row["has_weights"] for row in json.loads(tidu("schemes", "--json")[0])} == {
        "CN/2024": False,
        "example/2026": True,
    }
    assert tidu("score", *home)[1] == cli.BAD_INPUT
    assert tidu("score", firm, "--all", *home)[1] == cli.BAD_INPUT


def test_two_firms_are_compared_by_their_ranges(
    released: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, rows = scores.of_all(released, "example/2026")
    best, worst = rows[0]["firm_id"], min(rows, key=lambda row: row["high"])["firm_id"]

    assert scores.compared(released, (best, worst), "example/2026")["result"] == "higher"
    assert scores.compared(released, (worst, best), "example/2026")["result"] == "lower"
    same = scores.compared(released, (worst, worst), "example/2026")
    assert same["result"] == (
        "equal" if same["firms"][0]["score"]["low"] == same["firms"][0]["score"]["high"] else "overlapping"
    )
    words = ["tidu", "score", best, "--against", worst, "--scheme", "example/2026", "--home", str(released.root)]
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit):
        cli.main()
    assert "前者高" in capsys.readouterr().out
