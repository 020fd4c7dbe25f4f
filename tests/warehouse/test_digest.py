"""A digest lists for each recipient what is new about its own firms, once a week, in the same bytes."""

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from service.queries.cases.due import due
from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.outputs.digest.writing import Digest, week_of, write_digest
from warehouse.release import pointer, releases

pytestmark = pytest.mark.rule("default-deny")

FIRST_WEEK, NEXT_WEEK = date(2026, 7, 1), date(2026, 7, 8)
WITHIN, LAST_DAY = 366, date(2027, 7, 1)
"""Days that the digests look ahead, and the last of them from the day of the release on."""
SECOND = "20990101-000000-aaaa"


def power_cut(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture(scope="module")
def home(released: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with two releases: of the second, other positions of two firms, a new signal, a duty, a hostile name."""
    home = Home(tmp_path_factory.mktemp("site"))
    first = releases.current(released)
    for name in (first.stem, SECOND):
        shutil.copy(first, home.releases / f"{name}.duckdb")
    pointer.write(home.releases, [first.name])
    return home


def second(home: Home) -> None:
    """Make the second release current."""
    with Build.open(home.releases / f"{SECOND}.duckdb") as build:
        build.execute("update run set run_id = $1, seq = seq + 1", [SECOND])
        build.execute(
            "create or replace temp table tenant as select firm_id, incubator from core_firm__tenancies"
            " where is_current and incubator is not null order by incubator, firm_id"
        )
        held, met, ended = (row[0] for row in build.tuples("select distinct firm_id from tenant order by 1 limit 3"))
        build.execute(
            "update mart_movers__firms set titles_zh = '瞪羚企业', titles_en = 'gazelle' where firm_id = $1", [held]
        )
        build.execute("update mart_movers__firms set met_zh = '高企', met_en = 'hnte' where firm_id = $1", [met])
        build.execute("update mart_movers__firms set change = 'gone' where firm_id = $1", [ended])
        build.execute("update mart_movers__firms set name = '<b>&=1+1' where firm_id = $1", [held])
        (duty,) = build.tuples("select firm_id, duty, period from core_firm__due order by all limit 1")
        build.execute(
            "update core_firm__due set state = 'open', due_on = $1 where firm_id = $2 and duty = $3 and period = $4",
            [LAST_DAY, *duty],
        )
    pointer.write(home.releases, [f"{SECOND}.duckdb", *(pointer.read(home.releases) or [])])


def rows(digest: Digest, recipient: str) -> list[list[str]]:
    (path,) = digest.folder.glob(f"{recipient}-*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_digests_of_two_weeks(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", power_cut)
        with pytest.raises(KeyboardInterrupt):
            write_digest(home, FIRST_WEEK, WITHIN)
    first = write_digest(home, FIRST_WEEK, WITHIN)
    before = contents(first.folder)

    assert (first.week, first.is_new) == ("2026-W27", True)
    assert "无从比较 nothing to compare with" in next(first.folder.glob("CN-3301_*.txt")).read_text("utf-8")
    assert list(home.outbox.glob(".*")) == []
    side = json.loads(before["digest.json"])
    assert {row[0] for row in rows(first, "CN-3301_全区")} == {"到期与待办 Due", "信号 Signals", "逾期来源 Late feeds"}
    assert len(side["recipients"]) * 3 + 1 == len(before)

    second(home)
    assert write_digest(home, FIRST_WEEK, WITHIN) == Digest("2026-W27", first.folder, is_new=False)
    assert contents(first.folder) == before  # a week that has its digest keeps it

    following = write_digest(home, NEXT_WEEK, WITHIN)
    zone = rows(following, "CN-3301_全区")
    changes = [row[5:] for row in zone if row[0] == "变化 Changes"]
    assert len(changes) == 3
    assert any("→ 瞪羚企业" in zh and "→ gazelle" in en for zh, en in changes)
    assert any("→ 高企" in zh for zh, _ in changes)
    assert ["不再存续，或已不在名册", "no longer exists or left the register"] in changes
    owed = [(row[1].strip(), row[3], row[5], row[6]) for row in zone if row[0].startswith("到期")]
    listed = [row for row in due(home, WITHIN).rows if row["state"] == "open"]
    assert owed == [
        (
            row["firm_id"],
            str(row["due_on"]),
            f"{row['duty_zh']}（{row['owner_role_zh']}）",
            f"{row['duty_en']} ({row['owner_role_en']})",
        )
        for row in sorted(listed, key=lambda row: (row["due_on"], row["firm_id"], row["duty"], row["period"]))
    ]
    assert owed[-1][1] == str(LAST_DAY)
    assert {row[4] for row in zone if row[0] == "信号 Signals"} == {"否 no"}
    assert not any(row[2].startswith("=") for row in zone)
    page = next(following.folder.glob("CN-3301_*.html")).read_text("utf-8")
    assert "&lt;b&gt;&amp;=1+1" in page
    assert "<b>&" not in page

    own = contents(following.folder)
    shutil.rmtree(following.folder)
    assert contents(write_digest(home, NEXT_WEEK, WITHIN).folder) == own

    with Build.open(home.releases / f"{SECOND}.duckdb") as build:
        tenants = build.tuples("select distinct incubator, firm_id from core_firm__tenancies where is_current")
    recipients = [entry["recipient"] for entry in side["recipients"][1:]]
    assert recipients
    for incubator in recipients:
        about = {row[1].strip() for row in rows(following, incubator.replace("（", "（")) if "Late" not in row[0]}
        assert about <= {firm_id for name, firm_id in tenants if name == incubator}


def test_weeks_are_those_of_iso() -> None:
    assert [week_of(date(2027, 1, 3)), week_of(date(2027, 1, 4))] == ["2026-W53", "2027-W01"]
