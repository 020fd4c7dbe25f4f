"""Units in a run: proposed once, confirmed by a person, kept over runs; originals stay."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tiny_zone import TinyZone, code
from typer.testing import CliRunner

from flows.cli import app
from warehouse.casebook.statements import Casebook
from warehouse.database.build import Snapshot
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.models import graph
from warehouse.quality.unit_guard import factors
from warehouse.quality.unit_guard.settings import forms

FIRM = code(1)
CORE = 4
"""The steps as far as the core."""


def fill(folder: Path) -> TinyZone:
    """Forty firms over three years in 千元; the first one filed 2024 in 元."""
    zone = TinyZone(folder)
    zone.registry(*[(n, f"某{n}号企业有限公司") for n in range(1, 41)])
    for year in (2023, 2024, 2025):
        zone.yearly(year, *[figures(n, year) for n in range(1, 41)])
    return zone


@pytest.fixture
def zone(run_once: Callable[..., TinyZone]) -> TinyZone:
    """The zone, run as far as the core: the guard has proposed a unit."""
    return run_once("units", fill, steps=CORE)


def figures(number: int, year: int) -> dict[str, float]:
    staff, times = 20 + number, 1000 if (number, year) == (1, 2024) else 1
    size = staff * (1 + 0.01 * (year - 2023)) * times
    return {
        "uscc": number,
        "staff_end": staff,
        "payroll": round(size * (110 + number % 7)),
        "revenue": round(size * (600 + 9 * (number % 11))),
        "total_assets": round(size * (800 + 13 * (number % 5))),
        "rd_hnte": round(size * 40),
    }


QUARANTINED = "select rule_id, value from quarantine where severity = 'quarantine' order by 1"
REVENUE = (
    f"select yearly.revenue_fen, unit_factor::varchar, source from core_firm__yearly as yearly"
    f" inner join ({graph.sql_of('mart_firm__history')}) as history using (firm_id, year)"
    f" where firm_id = '{FIRM}' and year = 2024"
)


def states(zone: TinyZone) -> list[str]:
    return [
        statement.content.get("state", "withdrawn") for statement in Casebook(Home(zone.home)).statements(factors.KIND)
    ]


def subject(zone: TinyZone) -> str:
    (statement,) = factors.in_force(Casebook(Home(zone.home)).statements(factors.KIND))
    return statement


def test_a_report_stands_beside_a_whole_year_of_sales_for_vat(zone: TinyZone) -> None:
    months = [
        (number, f"2025{month:02}", 1_087_000) for number, last in ((1, 12), (2, 11)) for month in range(1, last + 1)
    ]
    lines = [
        "单位：元",
        "统一社会信用代码,企业名称,所属期,销售额",
        *(f"{code(n)},某{n}号企业有限公司,{m},{s}" for n, m, s in months),
    ]
    (zone.inbox / "增值税销售额_20260131.csv").write_text("\n".join(lines), "utf-8-sig")
    built = zone.run(steps=CORE)

    with Snapshot.open(built.path) as con:
        rows = con.frame(forms()["zone__yearly"].sql).filter(year=2025).sort("firm")

    assert rows["sales_of_vat"].drop_nulls().to_list() == [13_044_000.0]
    assert rows.filter(firm=code(2))["sales_of_vat"].to_list() == [None]


def test_a_proposal_waits_and_is_stated_once(zone: TinyZone) -> None:
    built = zone.run(steps=CORE)

    assert built.rows(QUARANTINED) == [("U04", "×0.001")]
    assert built.rows(REVENUE) == []
    assert states(zone) == ["proposed"]
    assert built.value("select count(*) from statement where kind = 'unit_factor'") == 1


def test_a_confirmed_factor_converts_everything_and_outlives_runs(zone: TinyZone) -> None:
    factors.confirm(Casebook(Home(zone.home)), subject(zone), -3, by="王", why="来函更正", now=datetime.now(UTC))
    zone.run(steps=CORE)
    built = zone.run(steps=CORE)
    right = figures(1, 2025)["revenue"] / 1.02 * 1.01

    assert built.rows(QUARANTINED) == []
    ((fen, factor, source),) = built.rows(REVENUE)
    assert abs(fen / 100_000 - right) < 10
    assert float(factor) == 0.001
    assert "×0.001" in source
    filed = built.value(f"select revenue from raw_zone__yearly where uscc = '{FIRM}' and year = '2024'")
    assert float(filed) == figures(1, 2024)["revenue"]
    assert states(zone) == ["proposed", "confirmed"]


def test_a_refused_report_counts_as_filed_and_is_not_proposed_again(zone: TinyZone) -> None:
    factors.refuse(Casebook(Home(zone.home)), subject(zone), by="王", why="核实无误", now=datetime.now(UTC))
    built = zone.run(steps=CORE)

    assert built.value(f"select revenue_fen from stg_zone__yearly where uscc = '{FIRM}' and year = 2024") == (
        figures(1, 2024)["revenue"] * 100_000
    )
    assert states(zone) == ["proposed", "refused"]


def test_a_restated_report_is_judged_anew(zone: TinyZone) -> None:
    factors.refuse(Casebook(Home(zone.home)), subject(zone), by="王", why="核实无误", now=datetime.now(UTC))
    zone.yearly(2024, {**figures(1, 2024), "revenue": figures(1, 2024)["revenue"] + 1}, note="_更正")
    zone.run(steps=CORE)

    assert states(zone) == ["proposed", "refused", "proposed"]


def test_the_commands_list_confirm_and_refuse(zone: TinyZone) -> None:
    zone.run(steps=8)
    home = ["--home", str(zone.home)]
    (row,) = json.loads(CliRunner().invoke(app, ["units", "--json", *home]).stdout)
    assert (row["firm"], row["year"], row["factor"], row["state"]) == (FIRM, 2024, "×0.001", "proposed")
    assert row["file_name"] == "企业年度报表_2024.xlsx"

    words = ["--factor", "0.001", "--by", "王", "--why", "来函"]
    done = CliRunner().invoke(app, ["units", "confirm", f"{FIRM}/2024", *words, *home])
    assert done.exit_code == 0, done.output
    (row,) = json.loads(CliRunner().invoke(app, ["units", "--json", *home]).stdout)
    assert row["state"] == "confirmed"
    done = CliRunner().invoke(app, ["units", "refuse", row["subject"], "--by", "王", "--why", "误", *home])
    assert done.exit_code == 0, done.output
    assert states(zone) == ["proposed", "confirmed", "refused"]


@pytest.mark.parametrize("factor", ["7", "", "1e3", "-10", "1000000000"])
def test_what_is_no_power_of_ten_is_refused(factor: str) -> None:
    with pytest.raises(BadInput, match="power of ten"):
        factors.power_of(factor)


@pytest.mark.parametrize(("factor", "power"), [("1000", 3), ("×0.001", -3), ("1,000,000", 6), ("1", 0), ("0.1", -1)])
def test_powers_of_ten_are_read(factor: str, power: int) -> None:
    assert factors.power_of(factor) == power
