"""Rights of intellectual property, row by row, counted by class where nobody stated the counts."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tiny_zone import Built, TinyZone, code

pytestmark = pytest.mark.rule("unknown-not-no")

DAY = date(2026, 6, 30)
HEAD = "权利号,权利类别,权利人,统一社会信用代码,申请日,授权日,届满日,法律状态"
COUNTS = "统一社会信用代码,企业名称,截至日期,I类知识产权数,II类知识产权数"
NAMES = {number: f"杭州第{number}号科技有限公司" for number in range(1, 12)}


def right(no: str, kind: str, firm: int, granted: str = "2022-03-04", ends: str = "", state: str = "有效") -> list[Any]:
    return [no, kind, NAMES[firm], code(firm), "2020-01-02", granted, ends, state]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    zone = TinyZone(Path(tmp_path_factory.mktemp("rights")))
    zone.registry(*NAMES.items())
    zone.other(
        "知识产权明细_20260601.csv",
        HEAD,
        right("1", "发明专利", 1),
        right("2", "植物新品种", 1, granted=str(DAY)),
        right("3", "集成电路布图", 1, granted="2026-07-01"),
        right("4", "实用新型", 1, ends=str(DAY)),
        right("5", "外观设计", 1, ends="2026-06-29"),
        right("6", "软件著作权", 1, state=""),
        right("7", "发明专利", 1, granted="", state="实质审查"),
        right("8", "PCT", 1, granted=""),
        right("9", "发明专利", 1, state="失效"),
        ["10", "实用新型", f"{NAMES[2]}；{NAMES[3]}；某自然人", "", "2020-01-02", "2022-03-04", "", "有效"],
        right("11", "发明专利", 4, state="状态不明"),
        right("12", "实用新型", 4),
        right("13", "发明专利", 5),
        right("14", "发明专利", 7),
        right("15", "发明", 8),
        right("16", "计算机软件著作权", 8),
        right("17", "别的权利", 9),
        right("18", "发明专利", 9),
        right("19", "别的权利", 10, state="失效"),
        right("20", "实用新型", 10),
        right("21", "发明专利", 11),
    )
    zone.other("知识产权明细_20260602.csv", HEAD, right("14", "发明专利", 7, state="未缴年费终止"))
    zone.other("知识产权统计_20260601.csv", COUNTS, [code(5), NAMES[5], "2026-05-31", "0", "9"])
    zone.other("知识产权统计_20260610.csv", COUNTS, [code(11), NAMES[11], "2026-06-10", "0", "9"])
    return zone.run(DAY, "CN")


@pytest.mark.parametrize(
    ("firm", "class1", "class2", "granted", "applied"),
    [
        pytest.param(1, 2, 2, 1, 3, id="granted on the day counts, on the next or ended the day before does not"),
        pytest.param(2, 0, 1, 0, 0, id="a shared right by the name of its holder"),
        pytest.param(3, 0, 1, 0, 0, id="the other holder"),
        pytest.param(4, None, 1, None, 1, id="a state nobody understands leaves that count unknown"),
        pytest.param(5, 1, 0, 1, 1, id="a register of a later day goes before stated counts"),
        pytest.param(11, 0, 9, None, None, id="stated counts of a later day go before the register"),
        pytest.param(6, None, None, None, None, id="not named in the register is not known to have none"),
        pytest.param(8, 1, 1, 1, 1, id="kinds in the words of another register"),
        pytest.param(9, None, None, None, None, id="a kind nobody knows leaves every count unknown"),
        pytest.param(10, 0, 1, 0, None, id="unless that right has ended"),
        pytest.param(7, 0, 0, 0, 1, id="a later register tells that it ended"),
    ],
)
def test_rights_are_counted(
    built: Built, firm: int, class1: int | None, class2: int | None, granted: int | None, applied: int | None
) -> None:
    rows = built.rows(
        "select ip_class1_count, ip_class2_count, inventions_granted, inventions_applied from core_firm__facts"
        f" where firm_id = '{code(firm)}' and day = '{DAY}'"
    )

    assert rows == [(class1, class2, granted, applied)]


def test_a_right_that_ended_on_an_unknown_day_is_unknown_before_it_was_reported(built: Built) -> None:
    rows = built.rows(
        f"select ip_class1_count from core_firm__facts where firm_id = '{code(7)}' and day = '{DAY.replace(year=2025)}'"
    )

    assert rows == [(None,)]


def test_the_source_is_the_row_of_the_register(built: Built) -> None:
    rows = built.rows(f"select file_name, row_no from mart_firm__sources where firm_id = '{code(2)}' and topic = 'ip'")

    assert rows == [("知识产权明细_20260601.csv", 11)]


@pytest.mark.parametrize(
    ("firm", "patents", "utility_and_software"),
    [
        pytest.param(1, 2, 2, id="a plant variety and software are no patents, a design that ended counts nowhere"),
        pytest.param(2, 1, 1, id="a utility model is both"),
        pytest.param(5, 1, 0, id="where the stated counts leave it out the register says it"),
        pytest.param(8, 1, 1, id="kinds in the words of another register"),
        pytest.param(9, None, None, id="a kind nobody knows leaves every count unknown"),
    ],
)
def test_patents_and_utility_models_are_counted_by_kind(
    built: Built, firm: int, patents: int | None, utility_and_software: int | None
) -> None:
    rows = built.rows(
        "select patents_granted, utility_and_software_count from core_firm__facts"
        f" where firm_id = '{code(firm)}' and day = '{DAY}'"
    )

    assert rows == [(patents, utility_and_software)]
