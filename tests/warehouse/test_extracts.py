"""Extracts for incubators: only their own tenants, safe to open in a spreadsheet."""

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import pytest
from tiny_zone import TinyZone, code

from warehouse.database.build import Snapshot
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.outputs import file_names
from warehouse.outputs.file_names import file_stem
from warehouse.outputs.incubators import as_text, write_extracts
from warehouse.release import releases
from warehouse.spreadsheets.spreadsheet import neutral


@pytest.fixture(scope="module")
def written(released: Home, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_extracts(releases.current(released), tmp_path_factory.mktemp("extracts"), None)


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def test_there_is_one_list_for_each_incubator_with_its_side_file(written: list[Path], released: Home) -> None:
    with Snapshot.open(releases.current(released)) as con:
        known = {row[0] for row in con.execute("select distinct incubator from core_firm__tenancies").fetchall()}

    sides = [json.loads(path.with_suffix(".json").read_text("utf-8")) for path in written]

    assert {side["incubator"] for side in sides} == known
    for path, side in zip(written, sides, strict=True):
        assert side["rows"] == len(rows_of(path))
        assert side["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert {"run", "as_of", "editions", "columns"} <= side.keys()


def test_a_list_holds_its_own_tenants_only(written: list[Path], released: Home) -> None:
    for path in written:
        incubator = json.loads(path.with_suffix(".json").read_text("utf-8"))["incubator"]
        with Snapshot.open(releases.current(released)) as con:
            tenants = con.execute(
                "select distinct firm_id from core_firm__tenancies, parameter where incubator = $1"
                " and entered_on <= day and coalesce(graduated_on > day, true)",
                [incubator],
            ).fetchall()

        assert {row["统一社会信用代码"].strip() for row in rows_of(path)} <= {row[0] for row in tenants}


def test_an_extract_opens_in_excel_with_chinese_characters(written: list[Path]) -> None:
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in written)


NAMED_LIKE_FORMULAS = ("-HYPERLINK(1,2)有限公司", "@SUM 有限公司")
ALIKE = ["A/B创业园", "A?B创业园", "A_B创业园", "A B创业园", "a_b创业园", "A_B创业园 ", " A_B创业园", "A_B创业园."]
OTHERS = [*ALIKE[:4], "云栖孵化器", "云栖孵化器*", "汉" * 90]
"""Incubators of one tenant each, beside that of the firms named like formulas."""


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tenants of every incubator above."""
    zone = TinyZone(tmp_path_factory.mktemp("incubators"))
    names = [*NAMED_LIKE_FORMULAS, *(f"杭州第{at}科技有限公司" for at, _ in enumerate(OTHERS, 1))]
    zone.registry(*enumerate(names, 1))
    incubators = ["../../甲", "../../甲", *OTHERS]
    zone.other("在孵企业_甲_20260630.csv", "孵化器名称,级别,类型,企业名称,统一社会信用代码,入孵时间,毕业时间",
               *([name, "", "", "", code(at), "2016-01-01", ""] for at, name in enumerate(incubators, 1)))  # fmt: skip
    return zone.run().path


def test_a_firm_that_is_named_like_a_formula_is_a_text(build: Path, tmp_path: Path) -> None:
    paths = write_extracts(build, tmp_path / "out", "../../甲")

    assert [path.parent for path in paths] == [tmp_path / "out"]
    assert [row["企业名称"][0] for row in rows_of(paths[0])] == ["'", "'"]


def test_an_unknown_incubator_is_refused_with_the_known_ones(released: Home, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="云栖孵化器"):
        write_extracts(releases.current(released), tmp_path, "没有这家")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@x", "\t=1", "\r=1", "＝1+1"])
def test_a_formula_is_neutralised(text: str) -> None:
    assert str(neutral(text)).startswith("'")


@pytest.mark.parametrize("value", [-5, 0, 1.5, None, "杭州", "a=1"])
def test_other_values_are_unchanged(value: object) -> None:
    assert neutral(value) == value


STRANGE = [
    "../../etc",
    "a/b\\c",
    "..",
    "",
    "CON",
    "nul",
    "云栖孵化器",
    "云栖孵化器*",
    "汉" * 90,
    "汉" * 300,
    "x\ny",
    "\udce5",
]


def test_names_that_differ_by_a_character_have_different_files() -> None:
    stems = {file_stem(name).casefold() for name in [*ALIKE, *STRANGE]}

    assert len(stems) == len(ALIKE) + len(STRANGE)


@pytest.mark.parametrize("name", [*ALIKE, *STRANGE])
def test_a_file_name_is_safe_whatever_it_is_made_from(name: str, tmp_path: Path) -> None:
    stem = file_stem(name)
    (tmp_path / f".{stem}.json.part").write_text("x")

    assert re.fullmatch(r"[\w（）()·_-]+-[0-9a-f]{12}", stem)
    assert stem == file_stem(name)
    assert not stem.startswith((".", "-"))
    assert len(stem.encode()) < 150


def test_a_duplicate_file_name_stops_the_extract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_names, "file_stem", lambda identity: identity)

    with pytest.raises(BadInput, match="甲园A"):
        file_names.paths_for(tmp_path, ["甲园A", "乙园", "甲园a"], ".csv")


def test_incubators_with_similar_names_have_separate_extracts(build: Path, tmp_path: Path) -> None:
    paths = write_extracts(build, tmp_path / "out", None)

    tenants = {json.loads(path.with_suffix(".json").read_text("utf-8"))["incubator"]: rows_of(path) for path in paths}
    assert {name: [row["企业名称"] for row in rows] for name, rows in tenants.items()} == {
        "../../甲": [f"'{name}" for name in NAMED_LIKE_FORMULAS],
        **{name: [f"杭州第{at}科技有限公司"] for at, name in enumerate(OTHERS, 1)},
    }


@pytest.mark.parametrize(
    ("code", "kept"), [("911101080000000123", "\t911101080000000123"), ("91330106MA", "91330106MA")]
)
def test_a_code_of_digits_keeps_them(code: str, kept: str) -> None:
    assert as_text(code) == kept
