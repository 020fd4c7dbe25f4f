"""The page of one firm in a browser: ladder, evidence of every condition, figures, titles."""

import re

import pytest
from playwright.sync_api import Page, expect

from warehouse.release.releases import Published

pytestmark = pytest.mark.browser


@pytest.fixture
def firm(published: Published) -> dict[str, object]:
    """A firm with a title and a next rung that is not met."""
    (row,) = published.rows(
        "select * from mart_movers__firms where held is not null and next_action = 'close' order by firm_id limit 1"
    )
    return row


def test_the_page_shows_the_rungs_with_sign_word_and_what_is_held(
    page: Page, published: Published, firm: dict[str, object]
) -> None:
    page.goto(f"/firm/{firm['firm_id']}")

    expect(page.get_by_role("heading", level=1)).to_have_text(str(firm["name"]))
    rungs = published.rows("select zh from ref_designations where rank > 0 order by rank")
    steps = page.locator(".stepper .step")
    expect(steps).to_have_count(len(rungs))
    for place, rung in enumerate(rungs):
        expect(steps.nth(place)).to_contain_text(rung["zh"])
        expect(steps.nth(place)).to_contain_text(re.compile("达到|未达|不能判定|待评审|不再可能"))
    expect(page.locator(".stepper .is-held")).to_have_count(
        len({row["designation"] for row in published.rows(
            "select designation from mart_firm__titles where firm_id = $1 and is_held and rank > 0", [firm["firm_id"]]
        )})
    )  # fmt: skip


def test_every_condition_of_the_next_rung_is_proved(page: Page, published: Published, firm: dict[str, object]) -> None:
    conditions = published.rows(
        "select e.* from mart_firm__evidence as e join mart_firm__verdicts as v using (firm_id, edition_id)"
        " where firm_id = $1 and v.is_selected and v.designation = $2",
        [firm["firm_id"], firm["next_designation"]],
    )
    page.goto(f"/firm/{firm['firm_id']}")

    rows = page.locator("details[open] table.conditions tbody tr")
    expect(rows).to_have_count(len(conditions))
    shown = rows.all_inner_texts()
    for condition in conditions:
        (text,) = [text for text in shown if condition["zh"] in text and condition["clause"] in text]
        assert condition["required_zh"] in text
    expect(page.locator("details[open] tr.deciding")).to_have_count(1)
    expect(rows.first).to_contain_text("决定性")


def test_a_fold_shows_its_conditions_when_it_is_opened(
    page: Page, published: Published, firm: dict[str, object]
) -> None:
    """By the keyboard; the conditions of other editions do not come with the page."""
    page.goto(f"/firm/{firm['firm_id']}")
    closed = page.locator("details:not([open])")
    expect(closed.first).to_be_attached()
    expect(closed.locator("table")).to_have_count(0)
    title = closed.first.locator(".edition").inner_text()
    closed.first.locator("summary").press("Enter")

    (count,) = published.rows(
        "select count(*) as n from mart_firm__evidence as e join ref_editions as r using (edition_id)"
        " where firm_id = $1 and title_zh = $2 group by edition_id order by edition_id limit 1",
        [firm["firm_id"], title],
    )
    expect(page.locator("details", has_text=title).first.locator("tbody tr")).to_have_count(count["n"])


def test_a_known_figure_names_the_file_and_row_it_came_from(page: Page, firm: dict[str, object]) -> None:
    page.goto(f"/firm/{firm['firm_id']}")

    expect(page.locator("td.source").filter(has_text=re.compile(r"\.(xlsx|csv).*\d+")).first).to_be_attached()


def test_the_figures_are_in_a_chart_and_a_table(page: Page, published: Published, firm: dict[str, object]) -> None:
    years = published.rows(
        "select year from mart_firm__history where firm_id = $1 order by year desc", [firm["firm_id"]]
    )
    page.goto(f"/firm/{firm['firm_id']}")

    expect(page.locator(".chart .main-svg").first).to_be_visible()
    expect(page.locator(".section", has_text="收入与研发").locator("tbody th")).to_have_text(
        [str(row["year"]) for row in years]
    )


def test_from_the_list_to_a_firm_and_back_by_keyboard_alone(page: Page, published: Published) -> None:
    page.goto("/?change=up")
    link = page.locator("table.movers tbody th a").first
    expect(link).to_be_visible()
    name = link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    page.locator("#drawer").get_by_role("link", name="企业全页").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.get_by_role("link", name=re.compile("返回企业动向")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("动向")


def test_an_unknown_firm_has_a_page_that_says_so(page: Page) -> None:
    page.goto("/firm/91330000000000000X")

    expect(page.get_by_role("heading", level=1)).to_have_text("没有这家企业")
    expect(page.get_by_role("link", name=re.compile("返回企业动向"))).to_be_visible()


def test_links_keep_the_language(page: Page, firm: dict[str, object]) -> None:
    page.goto(f"/firm/{firm['firm_id']}")
    page.get_by_role("link", name="English").click()

    expect(page).to_have_url(re.compile("lang=en"))
    expect(page.get_by_role("heading", name="Evidence, condition by condition")).to_be_visible()
    page.get_by_role("link", name=re.compile("Back to movers")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Movers")
    expect(page.get_by_role("columnheader", name="Firm", exact=True)).to_be_visible()
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("企业动向")


@pytest.mark.parametrize("path", ["/", "/?change=up&lang=en", "/firm/{firm_id}", "/firm/{firm_id}?lang=en"])
def test_on_a_telephone_nothing_is_wider_than_the_screen(page: Page, firm: dict[str, object], path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path.format(**firm))
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_page_prints_on_a4(page: Page, firm: dict[str, object]) -> None:
    page.goto(f"/firm/{firm['firm_id']}")
    expect(page.locator(".chart .main-svg").first).to_be_visible()
    page.emulate_media(media="print")

    assert page.pdf(format="A4").startswith(b"%PDF")
    expect(page.locator(".stepper")).to_be_visible()
    expect(page.locator(".lang")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_document_has_a_language_and_landmarks(page: Page) -> None:
    page.goto("/?lang=en")
    expect(page.get_by_role("main")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"

    page.goto("/")
    expect(page.get_by_role("navigation", name="变化")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
