"""Local rule sets and both readings of an entry's validity, on a day in February, through a whole run."""

from datetime import date

import pytest
from edge_zone import EdgeZone, Row
from tiny_zone import Built, code
from whole_job import STEPS

from service.queries.firm import obligations
from tiers import evaluate, load_rulebook
from warehouse.database.build import Snapshot
from warehouse.home import Home
from warehouse.release import releases

pytestmark = pytest.mark.rule("rules-are-data")

DAY = date(2024, 2, 15)
BASE: Row = {
    "founded_on": "2016-03-01",
    "industry": "6510",
    "is_large_group_outpost": "否",
    **{
        f"revenue_{year}": value
        for year, value in zip(range(2020, 2024), (20_480, 25_600, 32_000, 40_000), strict=True)
    },
    **{
        f"rd_account_{year}": value for year, value in zip(range(2020, 2024), (1_024, 1_280, 1_600, 2_000), strict=True)
    },
    **{f"technology_spending_{year}": 1_600 for year in range(2020, 2024)},
    **{f"staff_end_{year}": 100 for year in range(2020, 2024)},
    **{f"payroll_{year}": 15_000 for year in range(2020, 2024)},
    "inventions_granted": 1,
    "inventions_applied": 5,
}
LEAP: Row = {
    "founded_on": "2019-02-15",
    "rd_account_2023": 25_000,
    "technology_spending_2023": 20_001,
    **{
        f"revenue_{year}": value
        for year, value in zip(range(2020, 2024), (400_000, 420_000, 450_000, 500_000), strict=True)
    },
    **{
        f"{name}_{year}": value
        for name, value in (("staff_end", 1_000), ("payroll", 150_000))
        for year in range(2020, 2024)
    },
}
FIRMS: dict[str, Row] = {
    "去年入库": {},
    "今年入库": {},
    "去年入库已撤销": {},
    "高企全在线上": {},
    "高企增长差一分": {"revenue_2023": 39_999.99},
    "高企失信去年移出": {},
    "高企失信前年移出": {},
    "高企各年比例与总额不一": {"rd_account_2020": 1_030, "rd_account_2023": 1_990},
    "高企五亿整": LEAP,
}
NUMBERS = {name: number for number, name in enumerate(FIRMS, 1)}


def full(name: str) -> str:
    """The name in the register."""
    return f"西安{name}科技有限公司"


@pytest.fixture(scope="module")
def zone(tmp_path_factory: pytest.TempPathFactory) -> EdgeZone:
    """The files."""
    zone = EdgeZone(tmp_path_factory.mktemp("local"))
    for name, differs in FIRMS.items():
        zone.firm(full(name), BASE, **differs)
    zone.write(range(2020, 2024), "2024-02-01", "20240201")
    entry = "第十批入库科技型中小企业"
    zone.recognition(entry, "2023-10-20", "公告", [full("去年入库")], [full("去年入库已撤销")])
    zone.recognition(entry, "2023-12-01", "撤销", [full("去年入库已撤销")])
    zone.recognition(entry, "2024-01-20", "公告", [full("今年入库")])
    held = [full(name) for name in FIRMS if name.startswith("高企")]
    rows = [[name, f"GR20226100{number:04d}"] for number, name in enumerate(held, 1)]
    zone.recognition("陕西省高新技术企业", "2022-11-17", "认定", *rows, head=["企业名称", "证书编号"])
    lifted = [
        [code(NUMBERS[name]), full(name), "严重违法失信名单", *days, "虚假宣传", "市场监管局"]
        for name, days in (
            ("高企失信去年移出", ("2022-05-01", "2023-01-01")),
            ("高企失信前年移出", ("2021-05-01", "2022-12-31")),
        )
    ]
    heads = "统一社会信用代码,企业名称,名单类别,列入日期,移出日期,列入原因,作出决定机关"
    zone.other("异常名录_20240201.csv", heads, *lifted)
    return zone


@pytest.fixture(scope="module")
def built(zone: EdgeZone) -> Built:
    """The zone, run and published once."""
    zone.run(DAY, "CN-6101", steps=len(STEPS))
    return Built(releases.current(Home(zone.home)))


def verdict(built: Built, name: str, edition: str) -> tuple[str, str]:
    ((outcome, deciding),) = built.rows(
        "select outcome, deciding_condition from core_tiers__verdicts"
        f" where firm_id = '{code(NUMBERS[name])}' and edition_id = '{edition}' and day = date '{DAY}'"
    )
    return outcome, deciding


@pytest.mark.parametrize(
    ("name", "outcome", "deciding"),
    [
        ("去年入库", "unknown", "holds_tech_sme"),
        ("今年入库", "met", None),
        ("去年入库已撤销", "not_met", None),
        ("高企全在线上", "met", None),
        ("高企增长差一分", "not_met", "revenue_cagr"),
        # Removed on 1 January: no text here says whether the day of removal is a day on the list. It is read as no,
        # since a removal ends the listing; read as yes, this would be judgement.
        ("高企失信去年移出", "met", None),
        ("高企失信前年移出", "met", None),
        ("高企各年比例与总额不一", "unknown", "rd_mean"),
        ("高企五亿整", "not_met", None),
    ],
)
def test_the_gazelles_of_a_city(built: Built, name: str, outcome: str, deciding: str | None) -> None:
    result = verdict(built, name, "gazelle/CN-6101/2024")

    assert result == (outcome, deciding or result[1])


@pytest.mark.parametrize(
    ("edition", "name", "outcome", "deciding"),
    [
        ("gazelle/CN-61/2022", "高企全在线上", "met", None),
        ("gazelle/CN-32/2024", "高企全在线上", "not_met", "technology_spending"),
        ("gazelle/CN-32/2024", "高企五亿整", "met", None),
        ("gazelle/CN-440112/2022", "高企五亿整", "judgement", "leap_5_revenue"),
        ("gazelle/CN-440112/2022", "去年入库", "not_met", "holds_hnte"),
        ("gazelle/CN-21/2021", "高企增长差一分", "met", None),
    ],
)
def test_the_same_firms_under_other_local_texts(
    built: Built, edition: str, name: str, outcome: str, deciding: str | None
) -> None:
    with Snapshot.open(built.path) as con:
        facts = con.frame("select * from core_firm__facts where day = $1 and firm_id = $2", [DAY, code(NUMBERS[name])])
    (row,) = evaluate(facts, [load_rulebook().edition(edition)], DAY).verdicts.to_dicts()

    assert row["outcome"] == outcome
    assert row["deciding_condition"] == (deciding or row["deciding_condition"])


def test_an_entry_of_last_year_is_over_by_its_year_and_held_by_the_other_reading(built: Built) -> None:
    rows = built.rows(
        "select f.firm_id, holds_tech_sme, holds_tech_sme_otherwise from core_firm__facts as f"
        f" where day = date '{DAY}' order by firm_id"
    )
    holds = {firm: readings for firm, *readings in rows}

    assert holds[code(NUMBERS["去年入库"])] == [False, True]
    assert holds[code(NUMBERS["今年入库"])] == [True, True]
    assert holds[code(NUMBERS["去年入库已撤销"])] == [False, False]


def test_duties_state_both_readings(built: Built, zone: EdgeZone) -> None:
    assert built.path
    (title,) = obligations.duties(Home(zone.home), full("去年入库"))["titles"]

    assert title["is_by_other_reading"]
    assert (title["valid_to"], title["or_valid_to"]) == (date(2023, 12, 31), date(2024, 3, 31))
    assert [(duty["id"], duty["due_on"]) for duty in title["duties"]] == [
        ("yearly_update", date(2024, 3, 31)),
        ("change_report", None),
    ]
