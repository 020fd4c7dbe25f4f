"""Firms on the edges of the rule texts, as feed files, through a whole run: verdict, deciding condition, gap."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from edge_zone import EdgeZone, Row, founded
from tiny_zone import Built, code

pytestmark = pytest.mark.rule("rules-are-data")

DAY = date(2026, 6, 30)
YEARS = range(2022, 2026)
CASES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("edge_firms.yml").read_text("utf-8"))
FIRMS: list[tuple[str, Row]] = [(edition, firm) for edition, firms in CASES["firms"].items() for firm in firms]
NUMBERS = {firm["name"]: number for number, (_, firm) in enumerate(FIRMS, 1)}


def base_of(name: str, years: range = YEARS) -> Row:
    """A base firm by column, figures of a year as ``revenue_2025``; lists begin with the last year."""
    written = dict(CASES["bases"][name])
    like = base_of(written.pop("like"), years) if "like" in written else {}
    for key, value in written.items():
        if isinstance(value, list):
            like |= {f"{key}_{YEARS[-1] - ago}": entry for ago, entry in enumerate(value) if YEARS[-1] - ago in years}
        else:
            like[key] = value
    return like


def names(edition: str) -> list[str]:
    """The firms put to an edition."""
    return [firm["name"] for entry, firm in FIRMS if entry == edition]


def full(name: str) -> str:
    """The name in the register."""
    return f"杭州{name}科技有限公司"


def lists(zone: EdgeZone) -> None:
    """Accidents, listings, rounds and certificates of the firms that need them."""

    def named(name: str) -> list[Any]:
        return [code(NUMBERS[name]), full(name)]

    accident = ("重大安全事故", "", "事故", "应急局")
    zone.other(
        "异常名录_20260601.csv",
        "统一社会信用代码,企业名称,名单类别,移出日期,列入原因,作出决定机关,列入日期",
        [*named("高企事故在一年内"), *accident, founded(DAY, 365)],
        [*named("高企事故在一年外"), *accident, founded(DAY, 366)],
    )
    zone.other(
        "上市信息_20260601.csv",
        "统一社会信用代码,企业名称,证券代码,交易所,板块,事项,日期,与上市主体关系",
        [*named("独角新三板"), "830001", "股转", "新三板", "上市", "2022-01-05", "本企业"],
        [*named("独角科创板"), "688901", "上交所", "科创板", "上市", "2025-01-05", "本企业"],
    )
    rounds = {
        **dict.fromkeys(names("unicorn/CN/2022"), ("2023-05-01", "5000万美元", "10亿美元")),
        "独角六十五亿元二一年": ("2021-12-31", "4亿元人民币", "65亿元人民币"),
        "独角六十五亿元二三年": ("2023-01-01", "4亿元人民币", "65亿元人民币"),
        "独角估值未披露": ("2023-05-01", "5000万美元", "未披露"),
        "独角融资差一分": ("2023-05-01", "4999.999999万美元", "10亿美元"),
    }
    zone.other(
        "融资事件_20260601.csv",
        "统一社会信用代码,企业名称,融资日期,融资金额,投后估值,轮次,投资方,投资方类型",
        *([*named(name), *row, "C轮", "某基金", "专业机构"] for name, row in rounds.items()),
    )
    zone.recognition(
        "浙江省高新技术企业",
        "2025-12-20",
        "认定",
        *([full(name), f"GR20253300{NUMBERS[name]:04d}"] for name in names("leader/CN-33/2022")),
        head=["企业名称", "证书编号"],
    )
    zone.recognition(
        "浙江省科技型中小企业",
        "2026-06-20",
        "入库",
        *([full(name), f"202633010608{NUMBERS[name]:06d}"] for name in names("srdi/CN/2026")),
        head=["企业名称", "登记编号"],
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """All of them in one zone, once."""
    zone = EdgeZone(tmp_path_factory.mktemp("edges"))
    for _, firm in FIRMS:
        years = YEARS[-1:] if firm.get("only_last_year") else YEARS
        zone.firm(full(firm["name"]), base_of(firm["base"], years), **firm["differs"])
    zone.write(YEARS, "2026-06-01")
    lists(zone)
    return zone.run(DAY, "CN-3301")


@pytest.mark.parametrize(
    ("edition", "firm"),
    FIRMS,
    ids=lambda entry: entry if isinstance(entry, str) else entry["name"],
)
def test_a_firm_on_an_edge_comes_out_as_the_text_says(built: Built, edition: str, firm: Row) -> None:
    key = code(NUMBERS[firm["name"]])
    ((outcome, deciding, missing, route, is_closed, deciding_gap),) = built.rows(
        "select outcome, deciding_condition, missing_fact, route, is_closed, deciding_gap from core_tiers__verdicts"
        f" where firm_id = '{key}' and edition_id = '{edition}' and day = date '{DAY}'"
    )

    assert outcome == firm["outcome"], (deciding, missing)
    assert deciding == firm.get("deciding", deciding)
    assert missing == firm.get("missing")
    assert route == firm.get("route", route)
    if firm.get("closed"):
        assert (is_closed, deciding_gap) == (True, None)
    if "gap" in firm:
        gap = built.value(
            f"select gap from core_tiers__findings where firm_id = '{key}' and edition_id = '{edition}'"
            f" and condition_id = '{deciding}'"
        )
        assert gap == pytest.approx(firm["gap"], rel=1e-3, abs=1e-9)


def test_nothing_of_the_zone_was_set_aside(built: Built) -> None:
    assert built.rows("select rule_id, uscc from quarantine where severity in ('reject', 'quarantine')") == []
