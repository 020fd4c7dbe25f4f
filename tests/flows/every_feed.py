"""A file of every feed a zone is sent, as it really looks."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from tiny_zone import TinyZone, code

A, B = code(1), code(2)


def torch_book(path: Path) -> None:
    """One workbook of the Torch survey: a sheet a form; long heads, codes with blanks, units, a withdrawn row."""
    admin = [
        ["企业统一社会信用代码或组织机构代码", "", ""],
        ["企业名称", "", ""],
        ["数据年份", "", ""],
        ["数据状态", "", ""],
    ]
    admin += [["管理员审核状态", "", ""], ["错误数量", "", ""]]
    forms: dict[str, tuple[Sequence[Sequence[str]], Sequence[Sequence[Any]]]] = {
        "GQ-001": (
            [["注册资金", "qb04_0", "万元"], ["行业代码", "qb03_1", ""]],
            [[500, "0111"], [300, "6510"], [400, "6510"], [200, "6510"], [9, "1"]],
        ),
        "GQ-002": (
            [
                ["营业收入", "qc05_0", "千元"],
                ["其中：增值税", "qc14 ", "千元"],
                ["其中：增值税", "qc18", "千元"],
                ["综合能源消费量", "qc41 ", "吨标准煤"],
            ],
            [[12345.6, 10, 20, 1.5], [10000, 1, 1, "—"], [9000, 1, 1, ""], [8000, 1, 1, ""], [7, 7, 7, 7]],
        ),
        "GQ-003": (
            [["从业人员期末人数", "qd01", "人"], ["平均人数", "qd05", "人"]],
            [[30, 28.5], [25, 5], [20, 5], [15, 5], [7, 7]],
        ),
        "GQ-005": (
            [["研究开发人员合计", "qj09", "人"], ["研究开发费用合计", "qj20", "千元"]],
            [[12, 900], [0, 0], [1, 9], [1, 9], [7, 7]],
        ),
    }
    firms = [
        [A, "杭州甲乙科技有限公司", 2025, "ok"],
        [B, "杭州丙丁科技有限公司", 2025, "ok"],
        [code(4), "杭州戊己科技有限公司", 2025, "ok"],
        [code(5), "杭州庚辛科技有限公司", 2025, "ok"],
        [B, "杭州丙丁科技有限公司", 2025, "dis"],
    ]
    with xlsxwriter.Workbook(path) as book:
        for form, (columns, rows) in forms.items():
            sheet = book.add_worksheet(form)
            for at, column in enumerate([*admin, *columns]):
                sheet.write_column(0, at, column)
            for at, (firm, row) in enumerate(zip(firms, rows, strict=True)):
                sheet.write_row(3 + at, 0, [*firm, "通过", 0, *row])


def write_files(zone: TinyZone) -> None:
    """Put a file of every feed into the inbox."""
    heads = (
        "UNISCID,REGNO,ENTNAME,ENTTYPE,INDUSTRYPHY,INDUSTRYCO,ESTDATE,APPRDATE,OPFROM,OPTO,REGCAP,REGCAPCUR,RECCAP,DOM"
    )
    heads += ",DOMDISTRICT,OPSCOPE,REGORG,REGSTATE,CANDATE,REVDATE,LEREP,TEL"
    firm = ["有限责任公司", "I", "6510", "2015-03-02", "2020-01-01", "2015-03-02", "9999-12-31"]
    rest = ["", "滨江区某路1号", "330108", "软件开发", "滨江区局", "存续（在营、开业、在册）", "", "", "某人", "1390"]
    zone.other(
        "登记信息_20260601.csv",
        heads,
        [A, "", "杭州甲乙科技有限公司", *firm, "500.000000", "人民币", *rest],
        [B, "", "杭州丙丁科技有限公司", *firm, "49", "840", *rest],
    )
    vendor = [
        {
            "Name": "深圳市某某有限公司",
            "CreditCode": code(3),
            "No": "-",
            "OperName": "某人",
            "Status": "存续",
            "ShortStatus": "存续",
            "StartDate": "2019-01-02",
            "Address": None,
            "RegistCapi": "100万港元",
            "RegistCapitalType": "None",
            "AreaCode": "4403\t440305",
            "City": "",
            "Province": "广东",
        }
    ]
    (zone.inbox / "new_registrations_2019.json").write_text(json.dumps(vendor, ensure_ascii=False), "utf-8")
    torch_book(zone.inbox / "火炬年报_2025.xlsx")
    zone.other(
        "规上企业快报_202603.csv",
        "单位：千元\n统一社会信用代码,企业名称,报告期,营业收入本月,营业收入累计,营业收入上年同期累计,营业收入公布增速",
        [A, "甲", "202603", 10, 30, 25, "21.5"],
    )
    zone.other(
        "规上企业季报_202603.csv", "单位：万元\n统一社会信用代码,企业名称,报告期,营业收入累计", [A, "甲", "202603", 30]
    )
    title = "第二批高新技术企业"
    for day, event, head, *rows in (
        (
            "2023-12-08",
            "认定",
            "序号,企业名称,证书编号",
            [1, "杭州甲乙科技有限公司", "GR202333000001"],
            [2, "杭州丙丁科技有限公司", "GR202333000002"],
        ),
        (
            "2024-05-08",
            "搬迁",
            "序号,企业名称,证书编号,迁出机构,迁入机构",
            [1, "杭州甲乙科技有限公司", "GR202333000001", "宁波", "浙江"],
        ),
        (
            "2024-06-08",
            "取消",
            "序号,企业名称,证书编号,取消年度",
            [1, "杭州丙丁科技有限公司", "GR202333000002", "2024"],
        ),
        ("2024-07-08", "补充", "序号,企业名称,证书编号", [1, "杭州丙丁科技有限公司", "GR202333000009"]),
    ):
        zone.other(f"高企_{day}_{event}.csv", f"{title}\n{head}", *rows, [f"共 {len(rows)} 家"])
    zone.other(
        "融资事件_20260601.csv",
        "企业名称,融资日期,轮次,融资金额,投后估值",
        ["杭州甲乙科技有限公司", "2024", "A轮", "数千万人民币", "未披露"],
        ["杭州甲乙科技有限公司", "2025-03", "B轮", "1-2亿元", "10亿美元"],
    )
    zone.other(
        "企业估值_20260601.csv",
        "企业名称,估值日期,估值,估值口径,信息来源",
        ["杭州甲乙科技有限公司", "2025年3月", "超10亿美元", "投后", "榜单"],
    )
    zone.other(
        "知识产权明细_20260601.csv",
        "权利号,权利类别,权利名称,权利人,申请日,授权日,法律状态",
        ["2020100000018", "发明专利", "一种装置", "甲公司；乙公司", "2020-01-02", "2022-03-04", "有效"],
    )
    zone.other(
        "失信被执行人_20260601.csv",
        "统一社会信用代码,失信被执行人名称,案号,发布时间,执行法院",
        [A, "杭州甲乙科技有限公司", "(2025)浙01执1号", "2025-02-03", "某法院"],
    )
    zone.other(
        "重大税收违法_20260601.csv",
        "纳税人识别号,纳税人名称,案件性质,公布日期",
        [B, "杭州丙丁科技有限公司", "虚开", "2025-02-03"],
    )
    zone.other(
        "研发费用加计扣除_20260601.csv",
        "单位：元\n纳税人识别号,纳税人名称,年度,可加计扣除研发费用合计",
        [A, "甲", 2025, "900000.12"],
    )
    zone.other(
        "企业所得税季报_20260601.csv",
        "纳税人识别号,纳税人名称,税款所属期止,营业收入（元）,季末资产总额（万元）,季末从业人数",
        [A, "甲", "2026-03-31", 5000, 12.5, 30],
    )
    zone.other(
        "增值税销售额_20260601.csv", "单位：元\n纳税人识别号,纳税人名称,所属期,销售额", [A, "甲", "202603", 5000]
    )
    zone.other("社保参保人数_20260601.csv", "统一社会信用代码,单位名称,费款所属期,参保人数", [A, "甲", "202603", 29])
    zone.other(
        "孵化载体名录_20260601.csv",
        "载体编号,载体名称,类型,级别,认定日期",
        ["F1", "高新创业园", "孵化器", "国家级", "2012-05-01"],
    )
    zone.other(
        "行政区划代码.csv",
        "代码,一级行政区,二级行政区,名称,级别,状态,启用时间,变更/弃用时间,新代码",
        ["110103", "北京市", "", "崇文区", "县级", "弃用", "1981", "2010", "110101"],
    )
    zone.other("国民经济行业分类.csv", "code,name,parent_code,level,description", ["0111", "稻谷种植", "011", 4, ""])
    zone.other(
        "开发区代码.csv",
        "zone_code,province_code,province,class_code,class_name,serial,zone_name",
        ["11103001", "11", "北京市", "103", "高新区", "001", "中关村科技园区"],
    )
    zone.other("汇率_2025.csv", "币种,日期,口径,折合人民币", ["USD", "2025-12-31", "年平均", "7.1875"])
    zone.other(
        "规划目标_2026.csv",
        "高新区,目标年度,指标,目标值,单位,依据文件,完成时限",
        ["样例高新区", 2026, "高新技术企业存量", 20, "家", "发展规划", "2026-12-31"],
        ["样例高新区", 2025, "研发费用占营业收入比重", "5.5", "%", "发展规划", "2025-12-31"],
    )
