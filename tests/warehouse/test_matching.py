"""Joining mentions to firms: the order of rules, the day, and when nothing is joined."""

from datetime import date

import pytest
from tiny_zone import Built, TinyZone, code
from whole_job import STEPS

pytestmark = pytest.mark.rule("proposals")

CORE = STEPS.index(next(step for step in STEPS if step.__name__ == "build_facts"))
LATER_ROW = {"head": ["企业名称", "统一社会信用代码", "证书编号"]}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    zone = TinyZone(tmp_path_factory.mktemp("matching"))
    zone.registry(
        (1, "杭州甲乙科技有限公司"),
        (3, "杭州庚辛软件有限公司"),
        day="20240101",
    )
    zone.registry(
        (1, "杭州甲乙智能科技有限公司", "杭州甲乙科技有限公司"),
        (2, "杭州丙丁科技有限公司"),
        (3, "杭州庚辛软件有限公司"),
        (4, "杭州同名科技有限公司"),
        (5, "杭州同名科技有限公司", "", "2025-01-10"),
        (6, "杭州独有科技有限公司"),
        (7, "杭州成双科技有限公司"),
        (8, "浙江成双科技有限公司"),
        (9, "杭州早逝科技有限公司", "", "2010-01-01", "注销", "2015-03-01"),
        (10, "杭州独有软件有限公司", "杭州旧名软件有限公司"),
        (11, "宁波集群电子集团有限公司"),
        (12, "杭州他人科技有限公司"),
        (13, "杭州有码科技有限公司"),
        (14, "杭州独柱科技有限公司"),
        day="20260101",
    )
    zone.other(
        "登记信息_20260102.csv",
        "统一社会信用代码,企业名称,曾用名,企业类型,注册资本,成立日期,登记状态,住所区划",
        [code(15), "双栖软件有限公司", "", "有限责任公司", "100万元", "2015-03-02", "存续", "330106"],
    )
    zone.recognition(
        "高新技术企业认定名单",
        "2023-12-08",
        "公告",
        ["杭州庚辛软件有限公司", "", "GR202333000003"],
        ["杭州同名科技有限公司", "", ""],
        **LATER_ROW,
    )
    zone.recognition(
        "高新技术企业更名名单",
        "2024-06-01",
        "更名",
        ["杭州庚辛软件有限公司", "杭州壬癸软件有限公司", "GR202333000003"],
        ["杭州壬癸软件有限公司", "浙江壬癸数字有限公司", "GR202333000003"],
        head=["原名称", "现名称", "证书编号"],
    )
    zone.recognition(
        "高新技术企业认定名单",
        "2026-03-01",
        "公告",
        ["杭州丙丁科技有限公司", code(2), ""],  # 4: code and name
        ["杭州甲乙智能科技有限公司", code(12), ""],  # 5: the code of another firm
        ["杭州无人知晓有限公司", code(13), ""],  # 6: an unknown name
        ["杭州丙丁科技有限公司", code(99), ""],  # 7: a valid code that we do not know
        ["杭州丙丁科技有限公司", code(2)[:-1] + "0", ""],  # 8: a code with a wrong check sign
        ["杭州甲乙科技有限公司", "", ""],  # 9: the former name, after it was given up
        ["浙江壬癸数字有限公司", "", ""],  # 10: known from notices alone
        ["杭州旧名软件有限公司", "", ""],  # 11: a former name of unknown begin, after it was given up
        ["杭州同名科技有限公司", "", ""],  # 12: two living firms
        ["杭州独有科技股份有限公司", "", ""],  # 13: another legal form
        ["杭州成双科技股份有限公司", "", ""],  # 14: two firms share the core in the province
        ["杭州早逝科技有限公司", "", ""],  # 15: ended long ago
        ["杭州独有软件（集团）有限公司", "", ""],  # 16: a group is another firm
        ["独有科技股份有限公司", "", ""],  # 17: no place, so no division
        ["宁波集群电子有限公司", "", ""],  # 18: a group is another firm
        ["杭州独有科技合伙企业（有限合伙）", "", ""],  # 19: a partnership is another firm
        ["杭州独有科枝有限公司", "", ""],  # 20: only alike
        **LATER_ROW,
    )
    zone.recognition(
        "高新技术企业撤销名单",
        "2026-03-02",
        "撤销",
        ["杭州字迹不清有限公司", "", "GR202333000003"],
        ["浙江庚辛软件股份有限公司", "", "GR202333000003"],
        **LATER_ROW,
    )
    zone.recognition(
        "高新技术企业认定名单",
        "2026-03-03",
        "公告",
        ["杭州独柱科技有限公司", "", "GR202633000077"],
        ["杭州并无此户有限公司", "", "GR202633000077"],
        **LATER_ROW,
    )
    zone.recognition(
        "高新技术企业认定名单",
        "2026-03-05",
        "公告",
        ["独柱（杭州）科技有限公司", "", "浙江省"],
        ["独柱科技【杭州】有限公司", "", "浙江省"],
        ["独柱科技有限公司", "", "浙江省"],
        ["宁波独柱科技有限公司", "", "浙江省"],
        ["杭州双栖软件股份有限公司", "", "浙江省"],
        head=["企业名称", "统一社会信用代码", "省份"],
    )
    return zone.run(steps=CORE)


def answer(built: Built, row: int) -> tuple[str | None, str]:
    """The firm and the rule for a row of the list of 2026."""
    joins = built.rows(
        f"select firm_id, match_method from core_title where issued_on = date '2026-03-01' and row_no = {row - 1}"
    )
    ((firm, method),) = joins
    return firm, method


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (4, (code(2), "code")),
        (5, (None, "conflict")),
        (6, (code(13), "code")),
        (7, (None, "conflict")),
        (8, (code(2), "name")),
        (9, (None, "not_that_day")),
        (10, (code(3), "renaming")),
        (11, (None, "not_that_day")),
        (12, (None, "ambiguous")),
        (13, (code(6), "core_name")),
        (14, (None, "none")),
        (15, (None, "not_that_day")),
        (16, (None, "none")),
        (17, (None, "none")),
        (18, (None, "none")),
        (19, (None, "none")),
        (20, (None, "none")),
    ],
)
def test_each_row_is_joined_by_its_rule_or_not_at_all(built: Built, row: int, expected: tuple[str, str]) -> None:
    assert answer(built, row) == expected


def test_a_certificate_under_an_unlike_name_is_a_conflict_and_under_a_like_name_joins(built: Built) -> None:
    rows = built.rows(
        "select firm_id, match_method, candidates from core_title where issued_on = date '2026-03-02' order by row_no"
    )

    assert rows == [(None, "conflict", [code(3)]), (code(3), "certificate", [code(3)])]


def test_a_match_states_the_delivered_row_it_rests_on(built: Built) -> None:
    """A certificate the row that grants it, a renaming its notice, a name the register; a code needs none."""
    rows = built.rows(
        "select match_method, min(file_name) as file_name, min(source.row_no) as row_no from"
        " (select match_method, unnest(match.sources) as source from core_mention__match as match"
        " where mention_id in (select title_id from core_title where year(issued_on) = 2026)) as resting"
        " inner join deliveries on source.delivery_id = deliveries.delivery_id group by all order by 1, 2, 3"
    )
    named = {method: (file_name, row_no) for method, file_name, row_no in rows}

    assert named.keys() == {"certificate", "name", "renaming"}
    assert named["certificate"] == ("高新技术企业认定名单_2023-12-08_公告.csv", 3)
    assert named["renaming"][0].startswith("高新技术企业更名名单_2024-06-01")
    assert named["name"][0].startswith("登记信息_")


def test_a_certificate_under_two_names_in_one_file_belongs_to_nobody(built: Built) -> None:
    """One of the names is of no firm known: the number may be that one's."""
    assert built.rows("select * from core_certificate where certificate_no = 'GR202633000077'") == []
    rows = built.rows(
        "select match.firm_id, match_method from core_mention"
        " inner join core_mention__match as match using (mention_id)"
        " where named_from = date '2026-03-03' order by match.row_no"
    )
    assert rows == [(code(14), "name"), (None, "none")]


def test_places_and_brackets_in_names_and_lists_and_the_register_help_the_core_name(built: Built) -> None:
    rows = built.rows(
        "select name_as_listed, firm_id, match_method from core_title"
        " where issued_on = date '2026-03-05' order by row_no"
    )

    assert rows == [
        ("独柱（杭州）科技有限公司", code(14), "core_name"),
        ("独柱科技【杭州】有限公司", code(14), "core_name"),
        ("独柱科技有限公司", code(14), "core_name"),
        ("宁波独柱科技有限公司", None, "none"),
        ("杭州双栖软件股份有限公司", code(15), "core_name"),
    ]


def test_a_firm_founded_later_cannot_have_been_meant(built: Built) -> None:
    rows = built.rows(
        "select firm_id, match_method from core_title where name_as_listed like '%同名%' and year(issued_on) = 2023"
    )

    assert rows == [(code(4), "name")]


def test_a_conflict_and_an_ambiguous_name_list_their_firms(built: Built) -> None:
    rows = built.rows(
        "select candidates from core_title where match_method in ('conflict', 'ambiguous') order by issued_on, row_no"
    )

    assert [sorted(firms) for (firms,) in rows] == [[code(1), code(12)], [code(2)], [code(4), code(5)], [code(3)]]


def test_a_name_that_changed_between_two_exports_is_bounded_by_them(built: Built) -> None:
    rows = built.rows(
        f"select name, kind, valid_from, valid_to from core_firm__names where firm_id = '{code(1)}' order by kind"
    )

    assert rows == [
        ("杭州甲乙科技有限公司", "former", None, date(2026, 1, 1)),
        ("杭州甲乙智能科技有限公司", "registered", date(2024, 1, 1), None),
    ]


def test_renaming_notices_link_names_with_their_days(built: Built) -> None:
    rows = built.rows(
        f"select name_norm, kind, valid_to from core_firm__names where firm_id = '{code(3)}' order by name_norm"
    )

    assert rows == [
        ("杭州壬癸软件有限公司", "former", date(2024, 6, 1)),
        ("杭州庚辛软件有限公司", "registered", None),
        ("浙江壬癸数字有限公司", "announced", None),
    ]


def test_the_order_of_former_names_is_unknown_so_their_begin_is_open(built: Built) -> None:
    rows = built.rows("select valid_from, valid_to from core_firm__names where name_norm = '杭州旧名软件有限公司'")

    assert rows == [(None, date(2026, 1, 1))]


def test_every_mention_has_one_match_result(built: Built) -> None:
    assert built.value("select count(*) from core_mention") == built.value("select count(*) from core_mention__match")
    assert built.value("select count(*) from core_mention__match where firm_id is null and match_method = 'name'") == 0
