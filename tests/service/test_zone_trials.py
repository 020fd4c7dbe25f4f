"""A trial on the zone gives what the command gives for the draft as a file; nothing is stored."""

import re
from pathlib import Path
from typing import Any

import pytest

from service.queries.release.records import Slice
from service.queries.rules import impact
from service.queries.rules.zone_trials import Trial, ZoneTrials
from tiers.rulebook import EDITIONS
from tiers.schema.loader import read_edition
from warehouse.errors import BadInput
from warehouse.home import Home

pytestmark = pytest.mark.rule("answers-agree")

EVERY = Slice(10_000, 0)
EDITION = "gazelle/CN/2022"
DRAFT = Trial(EDITION, values={"revenue_growth": "5%", "revenue_base": "800 万元"})


@pytest.fixture
def asked(desk: Any) -> ZoneTrials:
    return ZoneTrials(desk, ["run"])


def test_a_draft_is_answered_as_its_exported_file(asked: ZoneTrials, released: Home, tmp_path: Path) -> None:
    path = tmp_path / "gazelle" / "CN" / "2022.yml"
    path.parent.mkdir(parents=True)
    path.write_text(asked.draft(DRAFT), "utf-8")
    expected = impact.impact(released, EDITION, str(path), with_unchanged=True)

    answer = asked.totals(DRAFT)

    assert {change: firms for change, firms in answer["counts"].items() if firms} == expected["counts"]
    assert answer["counts"]["gained"] > 0
    changes = {row["firm_id"]: (row["before"], row["after"], row["change"]) for row in expected["firms"]}
    listed = [row for change in answer["counts"] for row in asked.firms(DRAFT, change, "", "", EVERY).rows]
    assert {row["firm_id"]: (row["before"], row["after"], row["change"]) for row in listed} == changes
    assert len(listed) == sum(answer["counts"].values()) == len(changes)
    for group in ("rungs", "sectors"):
        assert sum(row["gained"] for row in answer[group]) == answer["counts"]["gained"]


def test_a_draft_kept_beside_the_rules_takes_the_place_as_its_file_does(
    desk: Any, asked: ZoneTrials, released: Home, tmp_path: Path
) -> None:
    path = tmp_path / "drafts" / "gazelle" / "CN" / "2027.yml"
    path.parent.mkdir(parents=True)
    path.write_text(asked.draft(DRAFT), "utf-8")
    with_drafts, trial = ZoneTrials(desk, ["run"], Home(tmp_path)), Trial(EDITION, "draft/gazelle/CN/2027")

    listed = {row["edition_id"]: row for row in with_drafts.editions()}
    answer = with_drafts.totals(trial)
    assert (listed[trial.second]["zh"], listed[trial.second]["is_deciding"]) == ("瞪羚企业", False)
    assert {k: v for k, v in answer["counts"].items() if v} == impact.impact(released, EDITION, str(path))["counts"]
    path.write_text(asked.draft(Trial(EDITION, values={"revenue_growth": "0%"})), "utf-8")
    again = ZoneTrials(desk, ["run"], Home(tmp_path)).totals(trial)
    assert again["counts"] != answer["counts"], "a draft that was changed is evaluated anew"
    with pytest.raises(BadInput, match="没有这个版本"):
        asked.totals(trial)


def test_another_edition_in_its_place_is_answered_as_by_the_command(asked: ZoneTrials, released: Home) -> None:
    trial = Trial(EDITION, "gazelle/CN-32/2024")
    expected = impact.impact(released, EDITION, trial.second)

    answer = asked.totals(trial)

    assert {k: v for k, v in answer["counts"].items() if v} == expected["counts"]
    assert [(row["change"], row["condition"], row["firms"]) for row in answer["conditions"]] == [
        (row["change"], row["condition"], row["firms"]) for row in expected["conditions"]
    ]
    assert {row["firm_id"] for row in asked.firms(trial, "", "", "", EVERY).rows} == {
        row["firm_id"] for row in expected["firms"]
    }


def test_a_rung_or_a_sector_keeps_its_firms_alone(asked: ZoneTrials) -> None:
    rows = asked.totals(DRAFT)["rungs"]
    for row in rows:
        assert asked.firms(DRAFT, "gained", row["rung"], "", EVERY).total == row["gained"]


def test_every_edition_offers_its_quantities_and_its_own_text_changes_nothing(asked: ZoneTrials) -> None:
    editions = asked.editions()
    assert any(row["is_deciding"] for row in editions)
    for row in editions:
        name = row["edition_id"]
        written = asked.thresholds(Trial(name))
        same = Trial(name, values={row.condition.id: row.written.text for row in written})
        assert not any(row.is_changed for row in asked.thresholds(same)), name
        in_english = Trial(name, values={row.condition.id: row.written.text_en for row in written})
        assert not any(row.is_changed for row in asked.thresholds(in_english)), name
        assert not [row.written.text_en for row in written if re.search("[\u4e00-\u9fff]", row.written.text_en)]
    assert asked.totals(Trial(EDITION, values={"revenue_growth": "20%"}))["counts"]["unchanged"] == sum(
        asked.totals(DRAFT)["counts"].values()
    )


def test_an_exported_draft_keeps_everything_but_the_changed_lines(asked: ZoneTrials, tmp_path: Path) -> None:
    path = tmp_path / "gazelle" / "CN" / "2022.yml"
    path.parent.mkdir(parents=True)
    path.write_text(asked.draft(DRAFT), "utf-8")
    draft, own = read_edition(path), read_edition(EDITIONS / f"{EDITION}.yml")

    in_english = Trial(EDITION, values={"revenue_base": "9.5 million yuan"})
    assert "950 万元" in asked.draft(in_english)
    differing = [
        leaf.id
        for leaf, other in zip(draft.leaves(), own.leaves(), strict=True)
        if leaf.model_dump() != other.model_dump()
    ]

    assert sorted(differing) == sorted(DRAFT.values)
    assert draft.head.model_dump() == own.head.model_dump()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"revenue_growth": "quickly"}, "请写数字和单位"),
        ({"revenue_growth": "15 人"}, "同单位"),
        ({"revenue_growth": "201%"}, "10 倍之间"),
        ({"revenue_growth": "-1%"}, "0 与其"),
        ({"no_such": "1%"}, "没有可试的条件 no_such"),
    ],
)
def test_a_threshold_that_is_no_slip_is_within_bounds(asked: ZoneTrials, values: dict[str, str], message: str) -> None:
    with pytest.raises(BadInput, match=message) as error:
        asked.thresholds(Trial(EDITION, values=values))
    assert error.value.en


def test_what_cannot_take_its_place_is_refused(asked: ZoneTrials) -> None:
    with pytest.raises(BadInput, match="不是同一称号"):
        asked.totals(Trial(EDITION, "hnte/CN/2016"))
    with pytest.raises(BadInput, match="没有这个版本"):
        asked.totals(Trial("gazelle/XX/1"))
    with pytest.raises(BadInput, match="没有这种变化"):
        asked.firms(DRAFT, "vanished", "", "", EVERY)
