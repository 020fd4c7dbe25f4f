"""Help and errors of usage are written in both languages and shown in the one that is spoken."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer import rich_utils

from flows.cli import app
from flows.terminal import language
from flows.terminal.help_text import CHINESE
from flows.terminal.help_words import BELOW, OF_THE_FRAME, OPTIONS, USAGE, speak_frame, speak_help
from flows.terminal.spoken_commands import WRONG_USAGE

pytestmark = pytest.mark.rule("two-languages")

HAN = re.compile("[\u3400-\u9fff]")
CODE = re.compile(r"[\w.]+")


def test_every_help_is_written_in_both_languages() -> None:
    command = typer.main.get_command(app)
    texts = dict(_written(command, "tidu"))

    assert len(texts) > 600
    assert [name for name, text in texts.items() if not (CODES.fullmatch(text) or _is_in_both(text))] == []


CODES = re.compile(r"[a-z_]+( · [a-z_]+)+( …)?")
"""A text that is the same in both languages, as ``table · csv · json``."""


def _is_in_both(text: str) -> bool:
    en, _, zh = re.sub(r"(?m)^\$ .*", "", text).partition(CHINESE)
    return bool(en.strip()) and (bool(HAN.search(zh)) or bool(CODES.match(zh)))


def _written(command: Any, name: str) -> Iterator[tuple[str, str]]:
    """Every text of a help as it is written, by what it explains."""
    yield name, command.help or ""
    for parameter in command.params:
        if parameter.name not in OF_THE_FRAME:
            yield f"{name} {parameter.name}", parameter.help or ""
            if isinstance(parameter.show_default, str) and not CODE.fullmatch(parameter.show_default):
                yield f"{name} {parameter.name} by default", parameter.show_default
    for below in getattr(command, "commands", {}).values():
        yield from _written(below, f"{name} {below.name}")


WRONG = (
    ("run --inbox /none --day 2026-01-01", "'--inbox': 须为已有、可读的目录", "a folder that exists"),
    ("match none.csv", "'FILE': 须为已有、可读的文件", "a file that exists"),
    ("runn", "没有命令 runn；相近的有 run", "there is no command runn; similar: run"),
    ("account foo", "没有命令 foo", "there is no command foo"),
    ("account --", "请写命令", "write a command"),
    ("run --bucket 1", "没有选项 --bucket；相近的有 --buckets", "there is no option --bucket; similar: --buckets"),
    ("run a b", "多出的词：a b", "more words than the command takes: a b"),
    ("movers --titles=3", "选项 --titles 不带值", "the option --titles takes no value"),
    ("feeds --json=3", "选项 --json 不带值", "the option --json takes no value"),
    ("run --day", "选项 --day 须带值", "the option --day needs a value"),
    ("account create x --port a", "'--port': 须为整数", "'--port': write a whole number"),
    ("account create x --port 0", "'--port': 不得小于 1", "'--port': at least 1"),
    ("account create x --port 65536", "'--port': 不得大于 65535", "'--port': at most 65535"),
    ("movers --format x", "'--format': 须为 table · csv · json", "'--format': write table · csv · json"),
    ("step a", "缺少 'DESIGNATION'", "missing: 'DESIGNATION'"),
    ("calculate years 3", "'DAY': 3：请写作 2026-06-30", "'DAY': 3: write it as 2026-06-30"),
)
"""Words after ``tidu``, and what is shown of them in Chinese and English."""


def test_wrong_usage_is_shown_in_the_language_that_is_spoken(capsys: pytest.CaptureFixture[str]) -> None:
    command = typer.main.get_command(app)  # once: it takes longer than all that is asked of it
    other = []
    for words, *texts in WRONG:
        for lang, text in zip(("zh", "en"), texts, strict=True):
            with pytest.raises(SystemExit) as ended:
                command.main(["--lang", lang, *words.split()], prog_name="tidu")
            shown = " ".join(capsys.readouterr().err.split())
            is_foreign = bool(re.search("[A-Z][a-z]+ |OPTIONS" if lang == "zh" else HAN, shown))
            expected = (WRONG_USAGE, True, True, False)
            usage = f"{language.of_both('写法', 'usage')}: tidu"
            if (ended.value.code, text in shown, usage in shown, is_foreign) != expected:
                other.append((words, lang, shown))
    language.speak(None)

    assert other == []


def test_help_is_in_the_language_that_is_spoken() -> None:
    shown = {}
    for lang in ("zh", "en"):
        language.speak(lang)  # type: ignore[arg-type]
        command = typer.main.get_command(app)
        ctx = typer.Context(command, help_option_names=["--help"])
        speak_help(command, ctx)
        shown[lang] = list(_helps(command, ctx))
        usage = [command.get_usage(ctx), *map(" ".join, _usages(command, ctx))]
        begins, options, below = (words[lang == "en"] for words in (USAGE, OPTIONS, BELOW))
        assert usage[0].startswith(begins)
        assert [text for text in usage if options not in text] == []
        assert below in usage[0]
        assert [text for text in usage if re.search(r"\{|\[\[|…", text)] == []
        if lang == "zh":
            assert [text for text in usage if re.search("Usage|OPTIONS|COMMAND|ARGS", text)] == []
    language.speak(None)
    assert len(shown["zh"]) > 500
    prose = [
        re.sub(r"(例：|Example: )?tidu .*|^ *(--|·).*|such as .*|or .*|: 来源/.*", "", text) for text in shown["en"]
    ]
    assert [text for text in prose if re.search("[\u3400-\u9fff]", text)] == []
    english = [text for text in shown["zh"] if re.search(r"^[^\u3400-\u9fff]*[a-z]+ [a-z]+ [a-z]+", text)]
    english = [text for text in english if "tidu " not in text]
    assert english == []


def test_every_help_is_drawn_as_it_is_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rich_utils, "MAX_WIDTH", 400)
    lacking = []
    for lang in ("zh", "en"):
        language.speak(lang)  # type: ignore[arg-type]
        speak_frame(rich_utils)
        command = typer.main.get_command(app)
        ctx = typer.Context(command, help_option_names=["--help"])
        speak_help(command, ctx)
        for each, texts in _drawn(command, ctx):
            rich_utils.rich_format_help(obj=each, ctx=ctx, markup_mode="rich")
            shown = re.sub(r"\s", "", capsys.readouterr().out)
            lacking += [(lang, each.name, text) for text in texts if re.sub(r"\s", "", text) not in shown]
    language.speak(None)

    assert lacking == []


def _drawn(command: Any, ctx: Any) -> Iterator[tuple[Any, list[str]]]:
    """Commands whose help has a bracket, which markup would swallow or stop at, each with those texts."""
    if texts := [text for text in _own_helps(command) if "[" in text]:
        yield command, texts
    for below in getattr(command, "commands", {}).values():
        yield from _drawn(below, ctx)


def _own_helps(command: Any) -> Iterator[str]:
    yield from (command.help or "").splitlines()
    yield from (parameter.help for parameter in command.params if parameter.help)


def _usages(command: Any, ctx: Any) -> Iterator[list[str]]:
    yield command.collect_usage_pieces(ctx)
    for below in getattr(command, "commands", {}).values():
        yield from _usages(below, ctx)


def _helps(command: Any, ctx: Any) -> Iterator[str]:
    yield from (line for line in command.help.splitlines() if line)
    yield from (parameter.help for parameter in command.get_params(ctx) if getattr(parameter, "help", None))
    yield from filter(None, [getattr(command, "rich_help_panel", None)])
    for below in getattr(command, "commands", {}).values():
        yield from _helps(below, ctx)
