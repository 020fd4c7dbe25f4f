"""Paper: a firm on exactly one tagged page, the same bytes for the same release, whatever its texts hold."""

import io
import shlex
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from typer.testing import CliRunner

from flows import cli
from service.decisions.signed import Signed
from service.decisions.targets import Target, set_target
from service.paper import typesetting
from service.paper.pack import monday_pack, pack_content
from service.paper.sheet import FITS, firm_sheet, set_on_one_page, sheet_content
from service.queries.firm.firm_page import FirmFile
from service.queries.movers.mover_filters import Filters
from service.queries.release.commands import movers_command
from service.queries.release.records import Slice
from service.reader import ReleaseQueries, Service
from service.scope import Scope, single_user
from warehouse.home import Home

pytestmark = pytest.mark.rule("for-everybody")

HOSTILE = '#panic("x") *b* _i_ [a](b) $x$ `raw` <label> @cite \\ // " { } ~ =SUM(1)'


@pytest.fixture(scope="module")
def release(released: Home) -> Iterator[ReleaseQueries]:
    with Service(released).release(single_user()) as queries:
        yield queries


@pytest.fixture(scope="module")
def file(release: ReleaseQueries) -> FirmFile:
    """A firm with a title and a next rung that is not met."""
    rows = release.mover_list("firms").page(Filters(signal="title_ending"), "", Slice(200, 0))
    firm = release.firm(next(row["firm_id"] for row in rows if row["next_action"] == "close_gap"))
    assert firm is not None
    return firm


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words_in(pdf: PdfReader) -> str:
    return "".join(page.extract_text() for page in pdf.pages).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(("lang", "heading"), [("zh", "距离"), ("en", "Distanceto:")])
def test_a_sheet_is_one_tagged_page_in_its_language(
    release: ReleaseQueries, file: FirmFile, lang: str, heading: str
) -> None:
    content = firm_sheet(file, release.casework(single_user()), lang)
    pdf, root = read(content), read(content).trailer["/Root"]

    assert content == firm_sheet(file, release.casework(single_user()), lang), "the same bytes for the same release"
    assert len(pdf.pages) == 1
    assert (pdf.pages[0].mediabox.width / 72 * 25.4, pdf.pages[0].mediabox.height / 72 * 25.4) == pytest.approx(
        (210, 297), abs=0.1
    )
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"].startswith(lang)
    assert "/StructTreeRoot" in root
    assert file.profile["name"] in pdf.metadata.title
    fonts = {str(font.get_object()["/BaseFont"]) for font in pdf.pages[0]["/Resources"]["/Font"].values()}
    assert all("Noto" in font for font in fonts), "nothing is taken from the system"
    text = words_in(pdf)
    for shown in (file.profile["name"], file.run["run_id"], str(file.run["day"]), heading):
        assert shown in text
    deciding = next(row for row in sheet_content(file, {}, lang, FITS[0])["aim"]["rows"])
    assert deciding["gap"].replace(" ", "") in text


def made_up(text: str, rows: int) -> FirmFile:
    """A firm all of whose texts are one text, and all of whose lists have so many rows."""
    profile = {"firm_id": "x", "uscc": text, "name": text, "incubator": text, "founded_on": None, "is_living": True}
    file = FirmFile(None, "x", profile | {"status": None, "ended_on": None})  # type: ignore[arg-type]
    names = ("signal", "do", "reason", "designation", "duty")
    bilingual = {f"{name}_{lang}": text for name in names for lang in ("zh", "en")}
    texts = dict.fromkeys(("zh", "en", "clause", "required_zh", "required_en"), text)
    numbers = {"value": 1e15, "unit": "yuan", "gap": 1e15, "gap_unit": "yuan"}
    condition = {"is_deciding": True, "outcome": "not_met", "route": None, "missing_fact": None, **texts, **numbers}
    verdict = {
        "designation": "gazelle", "edition_id": "e", "is_selected": True, "rank": 3, "zh": text, "en": text,
        "outcome": "not_met", "is_closed": False, "route": None, "opens_on": None,
    }  # fmt: skip
    file.__dict__ |= {
        "run": {"run_id": "r", "day": date(2026, 6, 30), "previous_day": None, "place": "CN", "published_at": NOW},
        "mover": None,
        "signals": [bilingual] * rows,
        "due": [{"due_on": date(2026, 6, 30), "start_by": date(2026, 6, 1), **bilingual}] * rows,
        "places": {},
        "held": {},
        "verdicts": [verdict] * 5,
        "findings": {"e": [{**condition, "seq": number} for number in range(rows)]},
    }
    return file


NOW = datetime(2026, 6, 30, tzinfo=UTC)


@examples(12)
@given(
    text=st.one_of(st.text(max_size=300), st.sampled_from(["国" * 4000, "W" * 4000, HOSTILE * 20, "䨻" * 300])),
    rows=st.integers(0, 40),
    lang=st.sampled_from(["zh", "en"]),
)
def test_no_text_and_no_list_is_too_long_for_the_page(text: str, rows: int, lang: str) -> None:
    promise = {"what": text, "by_on": "2026-06-30", "kept_on": None}
    thing = {"due_on": "2026-06-30", "about_zh": text, "about_en": text, "state_zh": text, "state_en": text}
    case: dict[str, Any] = {
        "owner": {"owner": text, "acting": text},
        "visits": [{"visited_on": "2026-06-01", "ours": [promise] * rows, "theirs": [promise]}],
        **dict.fromkeys(("requests", "tasks", "contests"), [thing] * rows),
    }

    pdf = read(set_on_one_page(made_up(text, rows), case, lang))

    assert len(pdf.pages) == 1
    if rows > FITS[0].conditions:
        assert ("另有" if lang == "zh" else "more") in words_in(pdf), "what is left out is counted"


def test_markup_in_a_text_stays_text() -> None:
    text = words_in(read(set_on_one_page(made_up(HOSTILE, 1), {}, "zh")))

    assert '#panic("x")*b*_i_[a](b)$x$`raw`<label>@cite' in text.replace("“", '"').replace("”", '"')


def test_a_sign_that_no_font_has_costs_that_sign_only() -> None:
    text = words_in(read(set_on_one_page(made_up("杭州\U0001f600𠮷\u202e\ue000有限公司", 1), {}, "zh")))

    assert "杭州〓𠮷〓〓有限公司" in text


def test_what_typst_warns_of_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "warns.typ").write_text('#set document(title: "x")\n#set text(font: "No Such Font", lang: "zh")\nx')
    monkeypatch.setattr(typesetting, "FOLDER", tmp_path)

    with pytest.raises(typesetting.PaperFailed, match="no such font"):
        typesetting.pdf("warns.typ", {}, NOW)


def test_a_template_that_phones_out_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "phones.typ").write_text('#import "@preview/cetz:0.3.0"\n')
    monkeypatch.setattr(typesetting, "FOLDER", tmp_path)

    with pytest.raises(typesetting.PaperFailed):
        typesetting.pdf("phones.typ", {}, NOW)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_figure_of_the_pack_is_the_count_of_the_list_behind_its_code(release: ReleaseQueries, lang: str) -> None:
    pack, freshness = release.pack(), release.freshness()
    content = monday_pack(pack, freshness, lang)
    shown = pack_content(pack, freshness, lang)
    codes = {row["code"]: row["address"] for row in shown["codes"]}

    assert content == monday_pack(release.pack(), freshness, lang), "the same bytes for the same release"
    assert len(shown["figures"]) == 6
    for row in [*shown["figures"], *shown["changes"]]:
        assert row["value"] == f"{_count(release, codes[row['code']]):,}", row
    assert shown["targets"]
    for row, target in zip(shown["targets"], pack.targets, strict=True):
        path, _, query = codes[row["code"]].partition("?")
        asked = dict(parse_qsl(query))
        firms = release.targets().bar_firms(asked["measure"], int(asked["year"]), asked["bar"], Slice(1, 0))
        assert (path, firms.total) == ("/targets", target["firms"])
    assert sum(int(row["value"].replace(",", "")) for row in shown["changes"]) == release.mover_list("firms").count(
        Filters()
    )
    assert 0 < len(shown["firms"]) <= 10
    assert all(row["why"] and row["do"] for row in shown["firms"])
    text = words_in(read(content))
    assert all(row[name].replace(" ", "") in text for row in shown["codes"] for name in ("address", "command"))
    assert f"--as-known-on{pack.run['run_id']}" in text


@pytest.mark.parametrize("row", [Filters(change="up,back"), Filters(held="any"), Filters(signal="a,b", change="gone")])
def test_the_command_of_a_list_has_its_filters(row: Filters, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Filters] = []
    monkeypatch.setattr("service.queries.movers.movement.check", lambda _, filters: asked.append(filters))
    monkeypatch.setattr("flows.commands.movers.home_of", lambda *_, **__: None)
    monkeypatch.setattr("service.queries.movers.movement.with_signals", lambda *_: [])
    monkeypatch.setattr("flows.terminal.movement.movers", lambda _: None)

    ended = CliRunner().invoke(cli.app, shlex.split(movers_command(row))[1:])

    assert (ended.exit_code, asked) == (0, [row]), ended.output


def _count(release: ReleaseQueries, address: str) -> int:
    path, _, query = address.partition("?")
    assert path == "/movers"
    return release.mover_list("firms").count(Filters.of(dict(parse_qsl(query))))


def test_a_target_entered_since_the_run_counts_in_the_pack_which_says_so(
    released: Home, release: ReleaseQueries, tmp_path: Path
) -> None:
    (home := Home(tmp_path / "home")).root.mkdir()
    for path in released.root.iterdir():
        if path.name.startswith("casebook"):
            shutil.copy(path, home.root)
        else:
            (home.root / path.name).symlink_to(path)
    before = release.pack()
    measure, year, aim = (before.targets[0][name] for name in ("measure", "year", "target"))
    zone = release.targets().plan()[0]["zone"]
    raised = Target(zone, measure, str(year), str(int(aim) + 20), "Q4", "年中调整")
    set_target(home, raised, Signed("王", "上调", datetime(2026, 7, 1, tzinfo=UTC)))

    with Service(home).release(single_user()) as asked:
        pack = asked.pack()
    shown = pack_content(pack, release.freshness(), "en")
    assert (pack.entered, before.entered) == (1, 0)
    assert {row["target"] for row in pack.targets if (row["measure"], row["year"]) == (measure, year)} == {aim + 20}
    assert shown["entered"] == "With 1 target entered or revised since this run, which the next one will hold"
    assert pack_content(before, release.freshness(), "en")["entered"] == ""


def test_the_pack_of_a_narrower_scope_has_its_own_firms_and_no_targets_of_the_zone(
    released: Home, file: FirmFile
) -> None:
    own = file.profile["firm_id"]
    with Service(released).release(Scope("李", "officer", "own", (own,))) as release:
        pack = release.pack()

    assert {row["firm_id"] for row in pack.firms} <= {own}
    assert pack.targets == []
    assert sum(row["firms"] for row in pack.changes) == 1
