"""What comes from data is text: no markup, no control characters, wherever it is shown."""

import io
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from flows.commands import output
from flows.progress import say
from flows.terminal import firm, table, time_in_rung, zone_runs
from flows.terminal.language import Lang, set_language
from flows.terminal.markup import Terminal, echo, plain, styled

pytestmark = pytest.mark.rule("data-is-text")

HOSTILE = [
    "[/入]",
    "[red]名[/red]",
    "[bold",
    "a\\",
    "\\[x]",
    "[link=file:///etc]x[/link]",
    "[@click=x]y",
    ":smile:",
    "{0}",
]
ACTING = {
    "\x1b[2J": "\\u001b[2J",
    "\r": "\\u000d",
    "\x9b31m": "\\u009b31m",
    "\u202egnp": "\\u202egnp",
    "\x00": "\\u0000",
}


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the screens print."""
    file = io.StringIO()
    for owner, name in ((table, "console"), (firm, "console")):
        terminal = Terminal()
        terminal.file = file
        monkeypatch.setattr(owner, name, terminal)
    return file


@pytest.mark.parametrize("text", HOSTILE)
def test_a_table_shows_data_as_it_is(text: str, shown: io.StringIO) -> None:
    table.table([{"name": text, "held": 3}], ("name", "held"), text)

    assert shown.getvalue().count(text) == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_our_style_is_kept_and_data_put_in_as_it_is(text: str) -> None:
    line = styled("[bold]{}[/bold] {name} {:,}", text, 12345, name=text)

    assert line.plain == f"{text} {text} 12,345"
    assert [(span.start, span.end, span.style) for span in line.spans] == [(0, len(text), "bold")]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_line_beside_the_result_shows_data_as_it_is(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    say(text, "✗", "red")
    echo(text, err=True)

    assert capsys.readouterr().err == f"✗ {text}\n{text}\n"


@pytest.mark.parametrize(("text", "visible"), ACTING.items())
def test_what_would_act_on_the_terminal_is_shown_by_its_number(
    text: str, visible: str, shown: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plain(f"名\t{text}\n") == f"名\t{visible}\n"
    table.table([{"name": text}], ("name",))
    say(text)
    assert visible in shown.getvalue()
    assert capsys.readouterr().err == f"{visible}\n"


def test_the_screen_of_a_firm_shows_markup_in_every_text(shown: io.StringIO) -> None:
    evil = "[/入]\x1b[2J"
    condition = {
        **dict.fromkeys(("zh", "en", "required_zh", "clause"), evil),
        **dict.fromkeys(("value", "value_high", "gap", "gap_unit", "missing_fact", "unit", "contest")),
        "outcome": "met",
        "is_deciding": True,
        "sources": [{"zh": evil, "en": evil}],
    }
    texts = ("title_zh", "title_en", "edition_id", "sentence_zh", "sentence_en")
    verdict = {**dict.fromkeys(texts, evil), "conditions": [condition], "worth": []}
    answer = {
        "firm": {"name": evil, "firm_id": evil, "matched_by": "code", "status": None},
        "day": "2026-06-30",
        "links": [],
        "titles": [],
        "verdicts": [verdict],
    }

    firm.evidence(answer)

    assert shown.getvalue().count("[/入]\\u001b[2J") == 2 + 3 + 4, "texts of the other language are not shown"
    assert "\x1b[2J" not in shown.getvalue()


def test_json_is_what_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_json({"name": "[/入]"})

    assert '"[/入]"' in capsys.readouterr().out


CELLS = st.text(st.sampled_from("瞪羚企业 abc（）·,0"), max_size=45)


@given(
    rows=st.lists(st.tuples(CELLS, CELLS, st.none() | CELLS, st.integers(0, 10**9)), min_size=1, max_size=5),
    width=st.integers(60, 200),
)
def test_no_value_of_a_table_is_broken_or_lost_in_any_width(rows: list[tuple[object, ...]], width: int) -> None:
    columns = ("name", "zh", "reason_zh", "firms")
    file = io.StringIO()
    terminal = Terminal()
    terminal.file, terminal.width = file, width
    with mock.patch.object(table, "console", terminal):
        table.table([dict(zip(columns, row, strict=True)) for row in rows], columns)

    lines = file.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= width
    for row in rows:
        for value in row:
            text = f"{value:,}" if isinstance(value, int) else str(value or "")
            words = " ".join(text.split())
            assert any(words in " ".join(line.split()) for line in lines) or cell_len(words) > width - 30


def test_a_year_has_no_thousands_and_a_narrow_terminal_gets_blocks(shown: io.StringIO) -> None:
    row = {"name": "杭州某某科技有限公司", "year": 2026, "firms": 12345, "reason_zh": "说" * 15}
    for width in (80, 60):
        table.console.width = width
        table.table([row], tuple(row))

    wide, _, narrow = shown.getvalue().partition("说\n")
    assert "杭州某某科技有限公司  2026  12,345  说说" in wide
    assert narrow == f"杭州某某科技有限公司\n  年度 2026 · 企业 12,345\n  原因 {'说' * 15}\n"


@pytest.mark.parametrize("moment", [datetime(2026, 11, 28, 16, 40, tzinfo=UTC), "2026-11-28T16:40:09.5+00:00"])
def test_a_moment_is_in_the_time_of_the_zone(moment: object, shown: io.StringIO) -> None:
    table.table(
        [{"run_id": "a", "published_at": moment}, {"run_id": "b", "published_at": None}], ("run_id", "published_at")
    )
    lines = [line.split() for line in shown.getvalue().splitlines()]
    assert lines[1:] == [["a", "2026-11-29", "00:40"], ["b", "–"]]


def test_a_run_of_zones_names_each_refused_file(capsys: pytest.CaptureFixture[str]) -> None:
    run = {"zone": "hz", "state": "unchanged", "run_id": None, "message_zh": "", "message_en": ""}
    aside = "损坏；可 tidu landing set-aside X"
    files = [{"message_zh": f"年报[0].xlsx：{reason}", "message_en": "-"} for reason in ("损坏", aside)]
    for file in files:
        zone_runs.runs(
            [{**run, "seconds": 1.0, "cpu_seconds": 1.0, "refused": [file]}], lambda code: Path("data/zones", code)
        )

    without, _, with_command = capsys.readouterr().out.partition("无新件 1")
    assert "✗ 拒收: 年报[0].xlsx：损坏" in without
    assert "--home" not in without
    assert f"{aside}\n  该区的命令请加 --home data/zones/hz\n" in with_command


@pytest.mark.parametrize(("lang", "shown"), [("zh", "计算机、通信和其他电子设备制造业"), ("en", "electronics")])
def test_a_sector_of_like_firms_is_named(lang: Lang, shown: str) -> None:
    set_language(lang)

    assert shown in time_in_rung._plain("39")
    assert time_in_rung._plain("99") == "99"
