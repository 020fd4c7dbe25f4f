"""Feed definitions: complete, unambiguous, and refused with their line where they cannot stand."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from warehouse.database.build import Build, Snapshot
from warehouse.errors import DefinitionError
from warehouse.home import Home
from warehouse.intake import load as loading
from warehouse.intake.feed import FEEDS, Feed, load_feed, load_feeds, plain, unit_of
from warehouse.intake.landing import Delivery, deliveries, land
from warehouse.intake.readers.process import Reader
from warehouse.models.graph import tables

pytestmark = pytest.mark.rule("strict-definitions")

KNOWN = load_feeds()
GOOD = """\
title: {zh: 试, en: Trial}
publisher: {zh: 某局, en: A bureau}
use: service
files: ["试_*.csv"]
formats: [csv]
money_unit: stated
columns:
  name: {type: text, headings: [企业名称], required: true}
  revenue: {type: money, headings: [营业收入]}
key: [name]
period: {kind: day}
rows: {min: 1, max: 100}
"""


@pytest.mark.parametrize("feed", KNOWN.values(), ids=lambda feed: feed.name)
def test_every_feed_has_a_table_and_a_title_in_both_languages(feed: Feed) -> None:
    table = "recognition" if feed.name.startswith("recognition__") else feed.name

    assert f"stg_{table}" in tables("staging")
    assert feed.title.zh
    assert feed.title.en
    assert feed.use in ("service", "statistics")


def test_no_name_of_a_file_fits_two_feeds() -> None:
    samples = {pattern.replace("*", "20260630") for feed in KNOWN.values() for pattern in feed.files}

    shared = {feed.name for feed in KNOWN.values() if feed.sheets}
    fitting = {name: {feed.name for feed in KNOWN.values() if feed.fits(name)} for name in samples}
    assert {name: fits for name, fits in fitting.items() if len(fits) != 1 and not fits <= shared} == {}


@pytest.mark.parametrize(
    ("written", "compared", "unit"),
    [
        ("营业收入（千元）", "营业收入", "千元"),
        (" 营业 收入 ", "营业收入", None),
        ("研发人员(人)", "研发人员", "人"),
        ("Ⅰ类知识产权", "i类知识产权", None),
        ("占比（%）", "占比", "%"),
    ],
)
def test_headings_are_compared_without_width_blanks_and_unit(written: str, compared: str, unit: str | None) -> None:
    assert (plain(written), unit_of(written)) == (compared, unit)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("use: service", "use: gossip", "use"),
        ("use: service", "use: service\nuse: service", "use"),
        ("key: [name]", "key: [code]", "code"),
        ("money_unit: stated\n", "", "money_unit"),
        ("headings: [营业收入]", "headings: [企业名称]", "企业名称"),
        ("type: money", "type: gold", "type"),
        ("title:", "like: nothing__there\ntitle:", "nothing__there"),
        ("{kind: day}", "{kind: year, stated: title}", "a year comes from a column"),
    ],
)
def test_an_invalid_definition_is_refused(tmp_path: Path, before: str, after: str, message: str) -> None:
    path = tmp_path / "trial__feed.yml"
    path.write_text(GOOD, "utf-8")
    assert load_feed(path)

    path.write_text(GOOD.replace(before, after, 1), "utf-8")
    with pytest.raises(DefinitionError, match=message):
        load_feed(path)


def test_definitions_are_in_the_folder_of_feeds() -> None:
    assert {path.stem for path in FEEDS.glob("*.yml")} == KNOWN.keys()


def loaded(path: Path, home: Home, feeds: dict[str, Feed], known: list[Delivery]) -> list[loading.Rejection]:
    with Build.open(path) as build:
        return loading.load(build, home, feeds, ((), ()), known)


def test_a_refused_file_is_loaded_once_its_column_is_defined(tmp_path: Path) -> None:
    folder, inbox, home = tmp_path / "feeds", tmp_path / "inbox", Home(tmp_path / "home")
    folder.mkdir()
    inbox.mkdir()
    definition = folder / "registry__firms.yml"
    definition.write_text((FEEDS / "registry__firms.yml").read_text("utf-8"), "utf-8")
    heads = "统一社会信用代码,企业名称,成立日期,登记状态,神秘列"
    (inbox / "登记信息_20260615.csv").write_text(f"{heads}\nX,某公司,2020-01-01,存续,?\n", "utf-8")
    land(inbox, home, {"registry__firms": load_feed(definition)}, datetime.now(UTC))

    refused = loaded(tmp_path / "one.duckdb", home, _all_with(definition), deliveries(home))
    text = definition.read_text("utf-8")
    definition.write_text(text.replace("ignore: [", "ignore: [神秘列, "), "utf-8")
    taken = loaded(tmp_path / "two.duckdb", home, _all_with(definition), deliveries(home))

    assert ["神秘列" in rejection.message_zh for rejection in refused] == [True]
    assert taken == []
    with Snapshot.open(tmp_path / "two.duckdb") as con:
        assert con.execute("select name from raw_registry__firms").fetchall() == [("某公司",)]


def _all_with(definition: Path) -> dict[str, Feed]:
    return {**KNOWN, "registry__firms": load_feed(definition)}


def test_a_cached_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox, home = tmp_path / "inbox", Home(tmp_path / "home")
    inbox.mkdir()
    (inbox / "登记信息_20260615.csv").write_text(
        "统一社会信用代码,企业名称,成立日期,登记状态\nX,某公司,2020-01-01,存续\n", "utf-8"
    )
    land(inbox, home, KNOWN, datetime.now(UTC))
    loaded(tmp_path / "one.duckdb", home, KNOWN, deliveries(home))

    def never(*_: object) -> None:
        raise AssertionError("the original was read again")

    monkeypatch.setattr(Reader, "read", never)
    assert loaded(tmp_path / "two.duckdb", home, KNOWN, deliveries(home)) == []


def test_a_delivery_has_the_path_of_its_original() -> None:
    delivery = Delivery("1", "ip__counts", "知识产权统计.XLSX", "abc", "2026-06-30T00:00:00+00:00", 1)

    assert delivery.original == "ip__counts/abc.xlsx"
