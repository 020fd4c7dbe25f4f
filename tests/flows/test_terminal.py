"""What comes from data is text: no markup, no control characters, wherever it is shown."""

import io

import pytest

from flows.commands import output
from flows.progress import say
from flows.terminal import firm, table
from flows.terminal.markup import Terminal, echo, plain, styled

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
    say(f"[red]✗[/red] {text}")
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
        **dict.fromkeys(("value", "value_high", "gap", "gap_unit", "missing_fact", "unit")),
        "outcome": "met",
        "is_deciding": True,
        "sources": [{"zh": evil, "en": evil}],
    }
    texts = ("title_zh", "title_en", "edition_id", "sentence_zh", "sentence_en")
    verdict = {**dict.fromkeys(texts, evil), "conditions": [condition], "worth": []}
    answer = {
        "firm": {"name": evil, "firm_id": evil, "found_by": "code", "status": None},
        "day": "2026-06-30",
        "links": [],
        "titles": [],
        "verdicts": [verdict],
    }

    firm.evidence(answer)

    assert shown.getvalue().count("[/入]\\u001b[2J") == 2 + len(texts) + 5
    assert "\x1b[2J" not in shown.getvalue()


def test_json_is_what_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_json({"name": "[/入]"})

    assert '"[/入]"' in capsys.readouterr().out
