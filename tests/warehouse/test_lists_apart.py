"""Lists of candidates and earlier stages are never loaded as the list of a title."""

from pathlib import Path

import pytest
from tiny_zone import TinyZone

from warehouse.intake.feed import load_feeds
from warehouse.intake.landing import feeds_of

pytestmark = pytest.mark.rule("read-as-written")

FIRM = "杭州甲乙科技有限公司"


@pytest.mark.parametrize(
    ("name", "feed"),
    [
        ("杭州市2024年独角兽企业榜单_2024-05-01.xlsx", "recognition__unicorn"),
        ("超级独角兽企业_2024-05-01.xlsx", "recognition__unicorn"),
        ("2024年未来独角兽企业_2024-05-01_公布.xlsx", None),
        ("独角兽（潜在）企业名单_2024-05-01_公告.xlsx", None),
        ("准独角兽企业名单_2024-05-01_公告.csv", None),
        ("种子独角兽名单_2024-05-01_公告.csv", None),
        ("隐形独角兽名单_2024-05-01_公告.csv", None),
        ("瞪羚企业名单_2024-05-01_公告.csv", "recognition__gazelle"),
        ("瞪羚（培育）企业_2024-05-01_公告.csv", None),
        ("准瞪羚企业_2024-05-01_公告.csv", None),
        ("苗圃瞪羚_2024-05-01_公告.csv", None),
        ("高新技术企业认定名单_2024-05-01_公告.csv", "recognition__hnte"),
        ("高新技术企业培育库入库名单_2024-05-01_公告.csv", None),
        ("专精特新小巨人企业名单_2024-09-02_公告.csv", "recognition__little_giant"),
        ("重点小巨人_2024-09-02.csv", "recognition__little_giant"),
        ("浙江省科技小巨人企业名单_2024-05-01_公布.csv", None),
        ("2024年专精特新中小企业_2024-09-02_公告.csv", "recognition__srdi"),
        ("专精特新中小企业培育库_2024-09-02.csv", None),
        ("科技领军企业_2024-05-01_公告.csv", "recognition__leader"),
        ("科技领军后备企业_2024-05-01_公告.csv", None),
        ("创新型中小企业_2024-05-01_公告.csv", "recognition__innovative_sme"),
        ("拟入库科技型中小企业名单_2025-03-01_公示.csv", "recognition__tech_sme"),
        ("高企奖励企业名单_2025-12-06_公布.xlsx", None),
        ("未通过认定高企名单_2025-12-06_公告.xlsx", None),
        ("专精特新中小企业复核不通过名单_2025-12-06_公告.xlsx", None),
        ("高新技术企业证书作废名单_2025-12-06_公告.xlsx", None),
        ("高企申报受理名单_2025-12-06_公布.xlsx", None),
        ("瞪羚企业推荐名单_2025-12-06_公布.xlsx", None),
        ("高新技术企业登记信息_20260601.csv", None),
        ("规上高企名单_2026-01-01_公布.xlsx", "recognition__hnte"),
    ],
)
def test_a_file_belongs_to_the_list_in_its_name(name: str, feed: str | None) -> None:
    assert [match.name for match in feeds_of(Path(name), "", load_feeds())] == ([feed] if feed else [])


@pytest.mark.parametrize(
    ("title", "is_refused"),
    [
        ("附件：2024年潜在独角兽企业名单", True),
        ("2024年独角兽企业名单", False),
        ("2024年独角兽企业奖励资金分配表", True),
        ("为推动独角兽企业和潜在独角兽企业发展，根据有关办法，经企业申报、专家评审和公示，现将名单公布如下", False),
    ],
)
def test_a_file_with_the_title_of_another_list_is_refused(tmp_path: Path, title: str, is_refused: bool) -> None:
    zone = TinyZone(tmp_path)
    zone.registry((1, FIRM))
    zone.other("独角兽企业_2024-05-01_公告.csv", f"{title}\n序号,企业名称", ("1", FIRM))

    built = zone.run(steps=2)

    messages = [message for (message,) in built.rows("select message_zh from rejection")]
    assert len(messages) == is_refused
    assert all(
        title.removeprefix("附件：") in message and "独角兽企业_2024-05-01_公告.csv" in message for message in messages
    )
