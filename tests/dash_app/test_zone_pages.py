"""Reconciliation, flows, targets and what-if in a browser: every number opens its firms, and the address keeps it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
import yaml
from playwright.sync_api import Page, expect

from dash_app.pages.flows.sankey import sankey
from service.queries.release.records import Slice
from service.queries.zone import reconciliation
from service.queries.zone.targets import bridge_in
from service.reader import Service
from service.scope import single_user
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = [pytest.mark.browser, pytest.mark.rule("answers-agree")]


@pytest.fixture(scope="module")
def site(serve: Callable[[Home], str], copy_of_home: Callable[[], Home]) -> str:
    """A home of its own, since a target is set."""
    return serve(copy_of_home())


def address(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlparse(page.url).query).items()}


def test_reconciliation_opens_the_firms_of_a_number_and_explains_a_change(page: Page, desk: Any) -> None:
    counts = reconciliation.counts(desk)
    needed = max((row for row in counts if row["status"] == "eligible_not_applied"), key=lambda row: row["firms"])
    firms = sum(row["firms"] for row in counts if row["status"] == needed["status"]
                and row["designation"] == needed["designation"])  # fmt: skip
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/reconciliation")
    status = page.get_by_role("region", name="各称号的状态")
    status.locator(f"a[href*='designation={needed['designation']}'][href*='status=eligible_not_applied']").click()

    heading = page.get_by_role("heading", name=re.compile(f"应报未报 · {firms} 家"))
    expect(heading).to_be_visible()
    assert address(page) == {"designation": needed["designation"], "status": "eligible_not_applied"}
    expect(page.get_by_role("region", name="企业名单").locator("a.firm-link")).to_have_count(min(firms, 50))
    assert not [url for url in asked if "plotly" in url and "locale" not in url], "no chart, no Plotly"

    page.get_by_role("link", name="变动说明").click()
    chart = page.get_by_role("img", name=re.compile("数字为什么变了: 期初 .*期末"))
    expect(chart.locator(".js-plotly-plot .bars")).to_be_visible()
    assert [url for url in asked if "plotly" in url and "locale" not in url]
    table = page.get_by_role("region", name="数字为什么变了")
    cells = [row.split("\t") for row in table.locator("tbody tr").all_inner_texts()]
    numbers = [int(row[4].replace(",", "")) for row in cells]
    changes = [int(row[1].replace("−", "-").replace(",", "")) for row in cells[1:-1]]
    assert numbers[0] + sum(changes) == numbers[-1]
    moved = next(number for number, change in enumerate(changes, 1) if change)
    table.locator("tbody tr").nth(moved).get_by_role("link").click()
    expect(page.locator("tr.chosen-row")).to_have_count(1)
    reopened = page.url
    page.goto("about:blank")
    page.goto(reopened)
    expect(page.locator("tr.chosen-row")).to_have_count(1)


def test_flows_keep_days_and_cell_in_the_address_and_hide_small_cells_for_others(page: Page) -> None:
    page.goto("/flows")
    expect(page.get_by_role("img", name=re.compile("去向图"))).to_be_visible()
    page.get_by_label("自哪一天").first.click()
    page.get_by_role("option").last.click()
    expect(page).to_have_url(re.compile(r"since=20\d\d-12-31"))
    since = address(page)["since"]
    expect(page.get_by_role("heading", name=f"去向图 {since}")).to_be_visible()
    number = page.get_by_role("region", name="去向表").locator("tbody td a.count").first
    firms = number.inner_text()
    number.click()
    expect(page.get_by_role("heading", name=re.compile(f"· {firms} 家"))).to_be_visible()
    assert {"since", "from", "to"} <= address(page).keys()

    page.goto("/flows")
    page.locator(".flow-bands summary").click()
    link = page.locator(".flow-bands a").first
    firms = link.inner_text()
    page.locator(".sankey-link").first.wait_for()
    link.click()
    expect(page.get_by_role("heading", name=re.compile(f"· {firms} 家"))).to_be_in_viewport()
    page.locator("#flows-chart .node-rect").first.dispatch_event("click")
    expect(page.get_by_role("heading", name=re.compile(f"· {firms} 家"))).to_have_count(0)
    expect(page.locator("#matching h2")).to_be_in_viewport()

    page.get_by_role("link", name="区外：隐藏小格").click()
    expect(page.locator(".flow-bands")).to_have_count(0)
    before = page.url
    page.locator("#flows-chart .node-rect").first.dispatch_event("click")
    page.wait_for_load_state("networkidle")
    assert page.url == before
    expect(page.get_by_text("没有企业名单")).to_be_visible()
    expect(page.locator("main a.firm-link")).to_have_count(0)
    page.goto("/flows?view=stays&lang=en")
    expect(page.get_by_role("heading", name=re.compile("Time in the rung against like firms"))).to_be_visible()
    page.goto("/flows?since=1999-01-01")
    expect(page.get_by_role("alert")).to_contain_text("tidu flows --since --until")


def test_a_band_of_the_diagram_opens_as_many_firms_as_it_says(released: Home) -> None:
    with Service(released).release(single_user()) as release:
        flows = release.flows()
        days = flows.between("", "")
        (trace,) = sankey(flows.matrix(days), "zh").data
        for numbers, keys in ((trace.link.value, trace.link.customdata), (trace.node.label, trace.node.customdata)):
            for number, key in zip(numbers, keys, strict=True):
                if key:
                    firms = int(str(number).rsplit(" ", 1)[-1].replace(",", ""))
                    assert flows.firms(days, *key.split("|"), Slice(1, 0)).total == firms, key
        assert any("," in key for key in trace.node.customdata)
        assert all(trace.link.customdata)


def test_a_target_resolves_to_firms_clause_and_delivered_row(page: Page, published: Published) -> None:
    bars = [row for row in bridge_in(published) if row["firms"] and row["bar"] not in ("total", "held")]
    bar = bars[0]
    page.goto(f"/targets?measure={bar['measure']}&year={bar['year']}")
    expect(page.get_by_role("img", name=re.compile(f"目标测算: .*目标 {bar['target']:,.0f}"))).to_be_visible()
    table = page.get_by_role("region", name="目标测算")
    table.get_by_role("row", name=re.compile(f"^{bar['bar_zh']}")).get_by_role("link").click()
    expect(page.get_by_role("heading", name=re.compile(f"{bar['bar_zh']} · {bar['firms']} 家"))).to_be_visible()
    expect(page.get_by_text(re.compile("规划目标.*行号"))).to_be_visible()

    page.get_by_text("设定或修订目标").click()
    page.get_by_label("目标值").fill("五百家")
    page.get_by_role("button", name="保存").click()
    fault = page.get_by_label("目标值").locator("xpath=ancestor::div[contains(@class,'InputWrapper-root')]")
    expect(fault).to_contain_text("目标值应为不小于 0 的数，如 300 或 8.5，而不是“五百家”")
    raised = int(bar["target"]) + 20
    page.get_by_label("目标值").fill(str(raised))
    page.get_by_label("理由").fill("年中上调")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("img", name=re.compile(f"目标测算: .*目标 {raised:,.0f}"))).to_be_visible()
    expect(page.get_by_role("region", name="历次修订").locator("tbody tr")).to_have_count(1)
    expect(page.get_by_text(re.compile("页面或命令录入，第 \\d+"))).to_be_visible()

    page.get_by_role("link", name="年度监测").click()
    page.get_by_role("region", name="年度监测").locator("a.count").first.click()
    expect(page.get_by_role("region", name="数字背后的企业").locator("tbody tr").first).to_be_visible()
    expect(page.get_by_text(re.compile("依据文件.*期"))).to_be_visible()


def test_a_line_tried_out_changes_the_address_alone_and_can_be_exported(page: Page, tmp_path: Path) -> None:
    page.goto("/what-if?edition=gazelle/CN/2022")
    expect(page.get_by_text("还没有推演")).to_be_visible()
    page.get_by_label("营业收入三年复合增长率不低于 20%").fill("5%")
    page.get_by_role("button", name="试算").click()
    expect(page).to_have_url(re.compile(r"t\.revenue_growth=5%25"))
    gained = page.locator(".trial-totals li").first
    expect(gained).to_contain_text("新达到")
    firms = gained.locator("b").inner_text()
    gained.get_by_role("link").click()
    expect(page.get_by_role("heading", name=f"新达到 · {firms} 家")).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("button", name="导出草案文件").click()
    download.value.save_as(tmp_path / "draft.yml")
    draft = yaml.safe_load((tmp_path / "draft.yml").read_text("utf-8"))
    assert "more_than" not in str(draft["title"])
    assert "5%" in str(draft)

    page.goto("/what-if?edition=gazelle/CN/2022&t.revenue_growth=900%25")
    expect(page.get_by_role("alert")).to_contain_text("10 倍之间")
