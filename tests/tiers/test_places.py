"""Places by code and by name, and what a wrong one is answered with."""

import pytest

from tiers.errors import UnknownPlace
from tiers.places import is_place, places
from tiers.rulebook import load_rulebook

pytestmark = pytest.mark.rule("strict-definitions")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CN-3301", "CN-3301"),
        ("cn-3301", "CN-3301"),
        ("3301", "CN-3301"),
        ("330100", "CN-3301"),
        ("330000", "CN-33"),
        ("330108", "CN-330108"),
        ("中国", "CN"),
        ("杭州", "CN-3301"),
        ("浙江省杭州市", "CN-3301"),
        ("浙江 杭州 滨江区", "CN-330108"),
        ("吉林市", "CN-2202"),
        ("北京朝阳区", "CN-110105"),
        ("广西", "CN-45"),
        ("延边", "CN-2224"),
        ("西双版纳", "CN-5328"),
        ("宁波高新区", "CN-3302-HTZ"),
        ("郑州高新技术产业开发区", "CN-4101-HTZ"),
        ("中关村", "CN-11-ZGC"),
        ("杭州高新区(滨江)", "CN-330108"),
    ],
)
def test_a_place_is_known_by_its_code_and_by_its_name(text: str, code: str) -> None:
    assert places().resolve(text) == code


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("杭洲", "CN-3301"),
        ("吉林", "CN-2202"),
        ("朝阳区", "CN-220104"),
        ("CN-3399", "CN-33"),
        ("CN-3301-XYZ", "CN-3301-HTZ"),
    ],
)
def test_a_place_that_is_not_known_or_not_single_is_refused_with_near_places(text: str, near: str) -> None:
    with pytest.raises(UnknownPlace) as refused:
        places().resolve(text)

    assert near in [code for code, _ in refused.value.near]


@pytest.mark.parametrize("text", ["", "CN-9999", "某地", "CN-3", "CN--", "33010811"])
def test_a_place_like_none_is_refused_without_a_guess(text: str) -> None:
    with pytest.raises(UnknownPlace):
        places().resolve(text)


def test_every_place_with_an_edition_is_known_and_has_a_name() -> None:
    for edition in load_rulebook().editions.values():
        assert places().resolve(edition.place) == edition.place
        assert places().name(edition.place) != edition.place


def test_every_division_is_resolved_from_its_full_name() -> None:
    """Some counties share the name of a prefecture-level unit around them; those stay ambiguous, none is guessed."""
    known = places()
    for code in [code for code in known.divisions if len(code) == len("CN-3301")]:
        assert known.resolve(known.name(code)) == code


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("CN", "China"),
        ("CN-3301", "Hangzhou, Zhejiang"),
        ("CN-330108", "Binjiang District, Hangzhou, Zhejiang"),
        ("CN-110108", "Haidian District, Beijing"),
        ("CN-11-ZGC", "Zhongguancun"),
        ("CN-3701-HTZ", "Jinan High-tech Zone"),
        ("CN-2224", "Yanbian Korean Autonomous Prefecture, Jilin"),
    ],
)
def test_a_place_has_an_english_name(code: str, name: str) -> None:
    assert places().english_name(code) == name


def test_every_division_has_an_english_name_and_every_place_of_an_edition() -> None:
    known = places()
    assert set(known.divisions) - set(known.english) == set()
    assert {code for code in known.english if is_place(code) != (code in known.codes)} == set()
    editions = {edition.place for edition in load_rulebook().editions.values()}
    assert [code for code in editions if not known.english_name(code).isascii()] == []
