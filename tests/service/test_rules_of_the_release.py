"""A release answers by the rules it was made with, whatever the rule book states since."""

import shutil
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

import tiers
from service.queries.firm import evidence, firm_page
from tiers.rulebook import EDITIONS, Rulebook, load_rulebook
from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.release import releases

pytestmark = pytest.mark.rule("two-clocks")

WITHDRAWN, CHANGED = "hnte/CN/2016", "gazelle/CN/2022"


@pytest.fixture
def rewritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rulebook:
    """The rule book of a later day: one edition withdrawn, another asks about other figures."""
    folder = Path(shutil.copytree(EDITIONS, tmp_path / "editions"))
    (folder / f"{WITHDRAWN}.yml").unlink()
    changed = folder / f"{CHANGED}.yml"
    changed.write_text(changed.read_text("utf-8").replace("revenue_cagr_3y", "staff_cagr_3y"), "utf-8")
    book = load_rulebook(folder)
    for module in (tiers, firm_page):  # evidence imports it from tiers when it needs it
        monkeypatch.setattr(module, "load_rulebook", lambda: book)
    return book


def _firm(published: releases.Published) -> str:
    (row,) = published.rows(
        "select firm_id from mart_firm__evidence where edition_id = $1 and value is not null"
        " group by firm_id order by count(*) desc, firm_id limit 1",
        [WITHDRAWN],
    )
    return str(row["firm_id"])


def _page(home: Home, firm: str) -> dict[str, Any]:
    """Everything that the page of a firm reads."""
    parts = [name for name, part in vars(firm_page.FirmFile).items() if isinstance(part, cached_property)]
    with releases.Published(home).at_once() as release:
        file = firm_page.read_firm(release, firm)
        return {name: getattr(file, name) for name in parts if not name.startswith("_")}


def test_explain_and_the_page_answer_as_before(
    released: Home, published: releases.Published, rewritten: Rulebook, request: pytest.FixtureRequest
) -> None:
    firm = _firm(published)
    after = evidence.of_firm(published, firm, None, None), _page(released, firm)
    request.getfixturevalue("monkeypatch").undo()
    before = evidence.of_firm(published, firm, None, None), _page(released, firm)

    assert after == before
    (hnte,) = [verdict for verdict in after[0]["verdicts"] if verdict["edition_id"] == WITHDRAWN]
    assert WITHDRAWN not in rewritten.editions
    assert rewritten.edition(CHANGED) != load_rulebook().edition(CHANGED)
    assert any(condition["source"] for condition in hnte["conditions"])
    assert {condition["condition_id"] for condition in hnte["conditions"] if condition["required_zh"]}


def test_a_release_of_before_these_facts_were_kept_names_its_sources_too(own_home: Home) -> None:
    firm = _firm(releases.Published(own_home))
    expected = evidence.of_firm(releases.Published(own_home), firm, None, None)
    page = _page(own_home, firm)
    with Build.open(releases.current(own_home)) as con:
        con.execute("create table kept as select * from mart_firm__evidence")  # its view reads the table today
        con.execute("drop view mart_firm__evidence")
        con.execute("alter table kept rename to mart_firm__evidence")
        con.execute("drop table ref_condition_facts")

    assert evidence.of_firm(releases.Published(own_home), firm, None, None) == expected
    assert _page(own_home, firm) == page
