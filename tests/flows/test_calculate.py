"""The calculators through the command line: every command answers people and programs, and refuses in two languages."""

import json
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from flows import cli
from warehouse.errors import BadInput

pytestmark = pytest.mark.rule("reasons")

COMMANDS: list[tuple[tuple[str, ...], str, str, object]] = [
    (("certificate", "2023-12-08", "--on", "2026-06-01"), "standing", "derived", "valid"),
    (
        ("certificate", "2023-12-08", "--on", "2025-08-31", "--cancelled", "2025=2025-09-01"),
        "standing",
        "contested",
        "valid",
    ),
    (("certificate", "2023-12-08", "--on", "2026-06-01"), "loses_by_missed_reports", "derived", True),
    (
        (
            "certificate",
            "2023-12-08",
            "--on",
            "2026-06-01",
            "--report",
            "2024=2025-05-31",
            "--report",
            "2023=2024-06-01",
        ),
        "loses_by_missed_reports",
        "derived",
        False,
    ),
    (("certificate", "2023-12-08", "--on", "2025-12-31"), "may_apply", "derived", False),
    (("certificate", "2010-05-01", "--on", "2012-06-01"), "standing", "derived", "valid"),
    (("certificate", "2010-05-01", "--on", "2012-06-01"), "loses_by_missed_reports", "not_in_force", None),
    (("move", "2023-12-08", "--part"), "consequence.name", "derived", "new_region_must_recognise_again"),
    (("move", "2023-12-08"), "consequence", "unknown", None),
    (("change", "2026-02-15", "--on", "2026-05-16", "--still-meets"), "consequence.name", "review", "may_be_cancelled"),
    (("change", "2026-02-15", "--on", "2026-05-15"), "change_report.state", "derived", "open"),
    (("review", "2024-09-01", "--on", "2026-11-28"), "review.missing", "derived", ["2026-05-31"]),
    (("entry", "2025-10-20", "--on", "2026-01-01"), "counts_on_day.to_next_march", "contested", True),
    (
        ("entry", "2025-10-20", "--on", "2026-01-01", "--founded-on", "2019-03-01", "--evaluated-on", "2025-06-01"),
        "marker",
        "derived",
        "A",
    ),
    (
        ("entry", "2023-10-20", "--on", "2024-01-01", "--revoked-in", "2024", "--fraud"),
        "may_file_from",
        "derived",
        2028,
    ),
    (("tax-rd", "88万元,12万元", "84万元,8万元", "--year", "2023"), "rd_base.total", "derived", 1_911_111.11),
    (("tax-rd", "300万元,0元", "--year", "2025", "--abroad", "300万元"), "overseas.eligible", "derived", 2_000_000),
    (("manufacturing", "2024-06-01", "--share", "50%"), "is_manufacturer_for_rd", "derived", True),
    (("manufacturing", "2024-06-01", "--share", "50%"), "has_vat_extra_credit", "derived", False),
    (
        ("manufacturing", "2024-06-01", "--share", "51%", "--certified", "--listed", "--input-vat", "100万元"),
        "vat_extra_credit",
        "derived",
        50_000,
    ),
    (("person", "临时聘用", "--days", "182", "--year", "2025"), "counts_for_high_tech.in_total", "derived", False),
    (("person", "兼职", "--year", "2025"), "counts_for_technology_sme", "unknown", None),
    (("years", "2026-06-20"), "reference_years.years", "derived", [2023, 2024, 2025]),
]


def calculate(*words: str) -> Any:
    """The answer as a program reads it; the same words must also print for a person."""
    printed = CliRunner().invoke(cli.app, ["calculate", *words])
    assert printed.exit_code == 0, printed.output
    assert any("一" <= sign <= "鿿" for sign in printed.stdout)
    return json.loads(CliRunner().invoke(cli.app, ["calculate", *words, "--json"]).stdout)


@pytest.mark.parametrize(("words", "name", "status", "value"), COMMANDS, ids=[" ".join(c[0]) + c[1] for c in COMMANDS])
def test_a_calculator_answers_with_its_status_and_documents(
    words: tuple[str, ...], name: str, status: str, value: object
) -> None:
    stem, _, part = name.partition(".")
    (row,) = [row for row in calculate(*words) if row["name"] == stem]
    answer = row["value"][part] if part else row["value"]

    assert row["status"] == status
    assert answer == (pytest.approx(value, abs=0.01) if isinstance(value, float) else value)
    assert status in ("unknown", "not_in_force") or row["documents"]


def test_the_terminal_shows_how_surely_a_clause_is_known() -> None:
    shown = CliRunner().invoke(cli.app, ["calculate", "rd", "委托境内=100万元", "--on", "2026-01-01"]).stdout

    assert "[memory]" in shown


def test_a_number_says_its_parts_and_the_tax_years_it_supports() -> None:
    entry = calculate("number", "202344030500001234", "--tax-year", "2022", "--tax-year", "2023")
    certificate = calculate("number", "GR202333001234")

    assert (entry["kind"], entry["year"], entry["region"], entry["marker"]) == ("entry", 2023, "440305", "0")
    assert [(row["name"], row.get("year"), row["status"]) for row in entry["answers"]] == [
        ("counts_for_last_year", None, "derived"),
        ("supports_super_deduction", 2022, "contested"),
        ("supports_super_deduction", 2023, "derived"),
    ]
    assert (certificate["kind"], certificate["year"], certificate["marker"]) == ("certificate", 2023, None)


def test_the_income_tax_is_the_least_of_the_rates() -> None:
    words = ("--assets", "5000万元", "--staff", "300", "--year", "2026", "--certified")

    assert calculate("income-tax", "300万元", *words)["tax"] == 150_000
    assert calculate("income-tax", "300.0001万元", *words)["rate"] == "hnte"
    assert calculate("transfer", "1000万元", "700万元", "--certified")["tax"] == 700_000


def test_a_local_rule_makes_the_share_of_other_costs_contested() -> None:
    assert calculate("rd", "其他=5万元", "--local-rule", "--on", "2026-01-01")["status"] == "contested"


@pytest.mark.parametrize(
    "words",
    [
        ("number", "GR2023"),
        ("number", "201044030500001234"),
        ("years", "2005-06-20"),
        ("rd", "其他=5万元", "--on", "2005-01-01"),
        ("certificate", "2007-12-31"),
        ("entry", "2016-01-01"),
        ("review", "2020-01-01"),
        ("change", "2015-01-01"),
        ("tax-rd", "5万元", "--year", "2023"),
        ("tax-rd", "5万元,x", "--year", "2023"),
        ("tax-rd", "5万元,1万元", "--year", "2012"),
        ("manufacturing", "2024-06-01", "--share", "5万元"),
        ("manufacturing", "2024-06-01", "--share", "-5%"),
        ("income-tax", "5", "--assets", "1万元", "--staff", "1", "--year", "2025"),
        ("transfer", "1万元", "2万元"),
        ("person", "顾问", "--year", "2025"),
        ("person", "兼职", "--year", "2010"),
    ],
)
def test_what_cannot_be_calculated_is_bad_input_in_both_languages(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli.app, ["calculate", *words])

    assert isinstance(result.exception, BadInput), result.output
    assert any("一" <= sign <= "鿿" for sign in str(result.exception))
    assert any(sign.isascii() and sign.isalpha() for sign in str(result.exception))


@pytest.mark.parametrize("day", ["1800-01-01", "9998-01-01", str(date.max), "2026-13-01"])
def test_a_day_that_no_paper_bears_is_wrong_usage(day: str) -> None:
    assert CliRunner().invoke(cli.app, ["calculate", "certificate", day]).exit_code == 2


@pytest.mark.parametrize("command", sorted({words[0] for words, *_ in COMMANDS} | {"number", "income-tax", "transfer"}))
def test_every_calculator_explains_itself_in_both_languages_with_an_example(command: str) -> None:
    shown = CliRunner().invoke(cli.app, ["calculate", command, "--help"]).stdout

    assert f"例：tidu calculate {command}" in shown
    assert any("一" <= sign <= "鿿" for sign in shown)
