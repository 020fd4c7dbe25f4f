"""The zones of an installation: what is wrong in their file is named with its line, and nothing is guessed."""

from pathlib import Path

import pytest

from service.queries.installation.zones import class_names
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.zones import registry

pytestmark = pytest.mark.rule("strict-definitions")

LINE = "  - {{code: {code}, zh: 甲区, en: zone a, place: {place}, inbox: {code}-in, peers: mature, owner: 甲}}\n"


def home_with(folder: Path, *lines: str) -> Home:
    home = Home(folder)
    (folder / registry.FILE).write_text("zones:\n" + "".join(lines), "utf-8")
    return home


def test_zones_are_read_in_their_order_with_inboxes_below_the_home(tmp_path: Path) -> None:
    named = "classes:\n  mature: {zh: 成熟型, en: mature zones}\n"
    home = home_with(tmp_path, LINE.format(code="b", place="CN-3301"), LINE.format(code="a", place="CN"), named)

    zones = registry.read_zones(home)

    assert [(zone.code, zone.inbox, zone.shares_firms) for zone in zones] == [
        ("b", tmp_path / "b-in", False),
        ("a", tmp_path / "a-in", False),
    ]
    assert registry.home_of(home, "a").root == tmp_path / "zones" / "a"
    assert class_names(home) == {"mature": {"zh": "成熟型", "en": "mature zones"}}


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ((LINE.format(code="a", place="CN"), LINE.format(code="a", place="CN")), "repeated or reserved codes: a"),
        ((LINE.format(code="all", place="CN"),), "repeated or reserved codes: all"),
        ((LINE.format(code="a", place="XX-1"),), "unknown codes of places: XX-1"),
        ((LINE.format(code="a", place="CN"), "classes:\n  yuong: {zh: 新, en: new}\n"), "there is no zone: yuong"),
        ((LINE.format(code="../a", place="CN"),), "zones.yml:2"),
        ((LINE.format(code="a", place="CN").replace("owner", "ower"),), "zones.yml:2"),
    ],
    ids=["twice", "reserved", "place", "class", "path", "key"],
)
def test_what_is_wrong_is_named(tmp_path: Path, lines: tuple[str, ...], named: str) -> None:
    with pytest.raises(BadInput, match=r"zones\.yml") as raised:
        registry.read_zones(home_with(tmp_path, *lines))

    assert named in str(raised.value)


def test_a_missing_file_and_unknown_codes_name_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"docs/zones\.md"):
        registry.read_zones(Home(tmp_path))

    home = home_with(tmp_path, LINE.format(code="a", place="CN"), LINE.format(code="b", place="CN"))
    assert [zone.code for zone in registry.chosen(home, [registry.ALL])] == ["a", "b"]
    assert [zone.code for zone in registry.chosen(home, ["b", "a"])] == ["a", "b"]
    with pytest.raises(BadInput, match="there is no zone c; there are a, b"):
        registry.chosen(home, ["a", "c"])
