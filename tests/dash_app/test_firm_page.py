"""The page of one firm in a browser: ladder, evidence of every condition, figures, titles."""

import re

import pytest
from playwright.sync_api import Page, expect
from waits import until

from warehouse.release.releases import Published

pytestmark = [pytest.mark.browser, pytest.mark.rule("reasons")]
A4_WIDTH = 688
"""CSS pixels between the margins of a page."""


@pytest.fixture
def firm(published: Published) -> dict[str, object]:
    """A firm with a title and a next rung that is not met."""
    (row,) = published.rows(
        "select * from mart_movers__firms where held is not null and next_action = 'close_gap' order by firm_id limit 1"
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


def test_the_first_screen_holds_the_sentence_the_ladder_and_what_to_do(page: Page, firm: dict[str, object]) -> None:
    """At 1440 by 900, without scrolling; on a telephone the sentence comes before everything else."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"/firm/{firm['firm_id']}")
    cards = page.locator(".firm-card")
    expect(cards).to_have_count(3)
    bottom = max(box["y"] + box["height"] for box in (card.bounding_box() for card in cards.all()) if box)
    assert bottom <= 900
    expect(page.locator(".firm-card.next")).to_contain_text(str(firm["next_zh"]))
    expect(page.locator(".firm-sentence")).to_contain_text(str(firm["titles_zh"]))
    expect(page.locator(".firm-card.who").get_by_role("link", name="打印")).to_have_attribute(
        "href", f"/sheet/{firm['firm_id']}.pdf"
    )
    expect(page.locator(".step[aria-current=step]")).to_have_count(1)

    page.set_viewport_size({"width": 390, "height": 844})
    sentence, rung = page.locator(".firm-sentence").bounding_box(), page.locator(".step").first.bounding_box()
    assert sentence
    assert rung
    assert sentence["y"] + sentence["height"] <= rung["y"] < 844


def test_every_condition_of_the_next_rung_is_proved(page: Page, published: Published, firm: dict[str, object]) -> None:
    """The deciding way and what all ways share are open, the others folded; nothing of them is red on the page."""
    conditions = published.rows(
        "select e.*, v.route as way from mart_firm__evidence as e"
        " join mart_firm__verdicts as v using (firm_id, edition_id)"
        " where firm_id = $1 and v.is_selected and v.designation = $2",
        [firm["firm_id"], firm["next_designation"]],
    )
    page.goto(f"/firm/{firm['firm_id']}")
    aimed = page.locator(".section", has=page.get_by_role("heading", name=re.compile("^距离")))
    expect(aimed.locator("tr.deciding")).to_have_count(1)
    rows = aimed.locator("table.conditions tbody tr")
    expect(rows).to_have_count(len(conditions))
    shown = rows.all_text_contents()
    for condition in conditions:
        assert any(
            condition["zh"] in text and condition["clause"] in text and condition["required_zh"] in text
            for text in shown
        )
    expect(rows.first).to_contain_text("决定性")
    folded = {row["route"] for row in conditions} - {None, conditions[0]["way"]}
    ways = aimed.locator("details.way")
    expect(ways).to_have_count(len(folded))
    assert all(not way.evaluate("way => way.open") for way in ways.all())
    bars = aimed.locator("table.conditions:visible .margin-bar .fill")
    assert bars.count() > 0
    assert all(bar.bounding_box() for bar in bars.all()), "a bar has a length; the number is printed beside it"


def test_a_fold_is_filled_when_it_is_opened_and_the_address_opens_it_again(
    page: Page, published: Published, firm: dict[str, object]
) -> None:
    """By the keyboard; yardsticks are behind one fold."""
    page.goto(f"/firm/{firm['firm_id']}")
    folds = page.locator("details.fold")
    expect(page.locator("summary", has_text="参照口径")).to_be_visible()
    expect(folds.locator("table")).to_have_count(0)
    expect(page.get_by_text("Inc. 5000")).to_have_count(0)
    page.locator("summary", has_text="参照口径").press("Enter")
    expect(page.locator("summary", has_text="Inc. 5000")).to_be_visible()
    page.locator("summary", has_text="经过").press("Enter")
    (titles,) = published.rows("select count(*) as n from mart_firm__titles where firm_id = $1", [firm["firm_id"]])
    expect(page.locator(".timeline li", has=page.locator(".kind.title"))).to_have_count(titles["n"])
    expect(page).to_have_url(re.compile(r"\?open=group:yardstick,timeline$"))

    page.reload()
    expect(page.locator("summary", has_text="Inc. 5000")).to_be_visible()
    expect(page.locator(".timeline")).to_be_visible()
    edition = published.rows(
        "select edition_id from mart_firm__verdicts where firm_id = $1 and designation = 'inc5000'", [firm["firm_id"]]
    )[0]["edition_id"]
    page.goto(f"/firm/{firm['firm_id']}?open={edition}&lang=en")
    own = page.locator(f"details[data-fold='{edition}']")
    expect(own.locator("tbody tr").first).to_be_visible()
    own.locator("summary", has_text="Copy as text").click()
    (condition, *_) = published.rows(
        "select en from mart_firm__evidence where firm_id = $1 and edition_id = $2 order by seq",
        [firm["firm_id"], edition],
    )
    expect(own.locator("textarea")).to_have_value(re.compile(re.escape(condition["en"])))


def test_other_figures_are_tried_out_on_the_server_and_kept_nowhere(page: Page, published: Published) -> None:
    (firm,) = published.rows(
        "select firm_id from mart_movers__signals where signal like 'near_miss%' and unit = 'percent'"
        " order by firm_id limit 1"
    )
    page.goto(f"/firm/{firm['firm_id']}?open=what_if,step")
    field = page.locator(".try").get_by_role("textbox").first
    expect(field).to_be_visible()
    before = field.input_value()
    expect(page.locator(".try").get_by_role("slider").first).to_be_attached()
    field.fill("999999")
    expect(page.locator(".tried")).to_be_visible()
    expect(page.locator(".tried + .wide tbody tr").first).to_be_visible()

    page.reload()
    expect(page.locator(".try").get_by_role("textbox").first).to_have_value(before)


def test_a_known_figure_names_the_file_and_row_it_came_from(page: Page, firm: dict[str, object]) -> None:
    page.goto(f"/firm/{firm['firm_id']}")

    expect(page.locator("td.source").filter(has_text=re.compile(r"\.(xlsx|csv).*\d+")).first).to_be_attached()


def test_the_figures_are_in_a_chart_and_a_table_with_missing_years_as_gaps(page: Page, published: Published) -> None:
    (firm,) = published.rows(
        "select firm_id, min(year) as first, max(year) as last, count(*) as n from mart_firm__history group by firm_id"
        " having max(year) - min(year) >= count(*) order by firm_id limit 1"
    )
    known = {row["year"] for row in published.rows(
        "select year from mart_firm__history where firm_id = $1", [firm["firm_id"]]
    )}  # fmt: skip
    years = range(firm["last"], firm["first"] - 1, -1)
    page.goto(f"/firm/{firm['firm_id']}")

    section = page.locator(".section", has_text="收入与研发")
    expect(section.locator(".main-svg").first).to_be_visible()
    expect(section.locator("tbody th")).to_have_text([str(year) for year in years])
    expect(section.locator("td.state-unknown")).to_have_count(len(set(years) - known))
    expect(section.locator(".annotation")).to_have_text(["无报送"] * len(set(years) - known))


def test_from_the_list_to_a_firm_and_back_by_keyboard_alone(page: Page, published: Published) -> None:
    page.goto("/movers?change=up")
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
    expect(page.get_by_role("heading", name="Other editions")).to_be_visible()
    page.get_by_role("link", name=re.compile("Back to movers")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Movers")
    expect(page).to_have_url(re.compile("lang=en"))


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
    widths = page.locator(".chart .main-svg").first.evaluate(  # at once, since charts are drawn anew for another width
        "svg => ['beforeprint', 'afterprint'].map(name => {"
        " dispatchEvent(new Event(name)); return svg.getBoundingClientRect().width })"
    )

    assert widths[0] <= A4_WIDTH < widths[1]
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.set_viewport_size({"width": A4_WIDTH, "height": 900})
    badges = page.locator(".conditions .badge").evaluate_all("all => all.map(badge => badge.offsetHeight)")
    assert max(badges) < 2 * min(badges)
    expect(page.locator(".ways")).to_be_hidden()
    expect(page.locator(".stepper")).to_be_visible()
    expect(page.locator(".lang")).to_be_hidden()
    until(
        lambda: page.evaluate(f"document.documentElement.scrollWidth <= {A4_WIDTH}"), "a page no wider than the paper"
    )
