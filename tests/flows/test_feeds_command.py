"""``tidu feeds``: what can be loaded, what would become of a file, an empty one to fill."""

import json
import sys
from pathlib import Path

import pytest
from tiny_zone import TinyZone
from typer.testing import CliRunner, Result
from waits import run

from flows import cli

pytestmark = pytest.mark.rule("nothing-lost")

HEAD = "统一社会信用代码,企业名称,成立日期,登记状态"
GOOD = "91330106MA01000169,杭州甲乙科技有限公司,2015-03-02,存续"


def tidu(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.app, ["feeds", *(str(word) for word in words)])


def registry(folder: Path, *rows: str) -> Path:
    (path := folder / "登记信息_20260601.csv").write_text("\n".join(["单位：略", *rows, ""]), "gb18030")
    return path


def test_check_lists_the_mapping_and_the_rows_that_would_wait_and_does_nothing(tmp_path: Path) -> None:
    path = registry(tmp_path, HEAD, GOOD, "X,杭州丙丁科技有限公司,2015-02-30,存续", "共 2 家")

    result = tidu("check", path, "--json")

    (preview,) = json.loads(result.stdout)
    assert result.exit_code == 4
    assert (preview["feed"], preview["encoding"], preview["refused"]) == ("registry__firms", "gb18030", {})
    assert json.loads(preview["stated"]) == {"as_of": "20260601"}
    assert [preview[f"rows_{what}"] for what in ("read", "loaded", "not_data", "waiting")] == [3, 1, 1, 1]
    assert preview["sheets"][0]["head_row"] == 2
    assert {"heading": "成立日期", "column": "founded_on", "type": "date", "unit": None} in preview["sheets"][0][
        "columns"
    ]
    assert {(finding["rule_id"], finding["field"], finding["first_row"]) for finding in preview["findings"]} >= {
        ("F10", "founded_on", 4),
        ("G01", "uscc", 4),
    }
    (page_text,) = [finding for finding in preview["findings"] if finding["rule_id"] == "F02"]
    assert (page_text["first_value_zh"], page_text["first_value_en"]) == ("户数", "count")
    (born,) = [finding for finding in preview["findings"] if finding["rule_id"] == "F10"]
    assert born["first_value"] == born["first_value_zh"] == born["first_value_en"] == "2015-02-30"
    assert [finding.name for finding in tmp_path.iterdir()] == [path.name]


def test_check_lists_the_reports_that_would_be_proposed_in_another_unit(tmp_path: Path) -> None:
    zone = TinyZone(tmp_path)
    usual = [
        {"uscc": n, "staff_end": 20, "payroll": 2400, "revenue": 12000, "total_assets": 16000} for n in range(1, 9)
    ]
    wrong = {name: figure * 1000 if name != "staff_end" else figure for name, figure in usual[0].items()} | {"uscc": 9}
    zone.yearly(2025, *usual, wrong)
    (path,) = zone.inbox.iterdir()

    (preview,) = json.loads(tidu("check", path, "--json", "--feed", "zone__yearly").stdout)

    (finding,) = [finding for finding in preview["findings"] if finding["rule_id"] == "U04"]
    assert (finding["severity"], finding["field"], finding["rows"], finding["first_value"]) == (
        "quarantine",
        "money_unit",
        1,
        "×0.001",
    )
    assert preview["rows_waiting"] == 1
    assert not zone.home.exists()


def test_check_of_a_file_that_would_be_refused_says_the_way_out(tmp_path: Path) -> None:
    result = tidu("check", registry(tmp_path, f"{HEAD},神秘列", f"{GOOD},1"))

    assert result.exit_code == 3
    assert "神秘列" in result.stdout
    assert "删去此列" in result.stdout
    assert "运维: 在 feeds/" in result.stdout
    assert "columns" in result.stdout


def test_a_template_is_written_and_an_unknown_feed_is_not(tmp_path: Path) -> None:
    out = tmp_path / "知识产权明细_20260630.xlsx"

    assert tidu("template", "ip__rights", "--out", out).exit_code == 0
    assert out.stat().st_size > 5_000
    assert "nothing" in str(tidu("template", "nothing").exception)
    assert "fits no feed" in str(tidu("check", out.rename(tmp_path / "x.xlsx")).exception)


def test_a_refused_file_leaves_nothing_on_the_terminal_but_the_message(tmp_path: Path) -> None:
    (path := tmp_path / "登记信息_20260601.csv").write_bytes(f"{HEAD}\n{GOOD}\n".encode() + b"\xff\xff")

    preview = run([sys.executable, "-m", "flows", "feeds", "check", str(path)])

    assert preview.returncode == 3
    assert "GB18030" in preview.stdout
    assert preview.stderr == ""
