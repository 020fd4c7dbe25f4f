"""The terminal's view of the calculators: each answer with its parts, the documents and the doubts."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from flows.terminal.language import of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.table import console


@lru_cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    from tiers.strict_yaml import load

    return load(Path(__file__).with_suffix(".yml")).content


def answers(rows: Iterable[Mapping[str, Any]]) -> None:
    """Print name and value, then documents and confidence, of each answer."""
    for row in rows:
        name = " ".join(filter(None, (_word("names", row["name"]), str(row.get("year", "")))))
        console.print(styled("\n[bold]{}[/bold]: {}", name, _value(row["value"])))
        reliability(row)


def reliability(row: Mapping[str, Any]) -> None:
    """Status unless it is certain, documents, reasons for doubt."""
    if row["status"] != "derived":
        console.print(f"  {text_of(_words()['statuses'][row['status']])}")
    console.print(f"  {of_both('依据', 'by')}: {'; '.join(row['documents']) or '–'}")
    for reason in row["reasons"]:
        console.print(f"  {of_both('说明', 'note')}: {text_of(reason)}")


def totals(row: Mapping[str, Any]) -> None:
    """The totals of R&D or of staff, those that were worked out."""
    for name, words in _words()["totals"].items():
        if row.get(name) is not None:
            console.print(f"  {text_of(words)}: {row[name]:,.2f}")


def figures(row: Mapping[str, Any]) -> None:
    """The parts of a plain answer."""
    for name, value in row.items():
        if name != "answers" and value is not None:
            console.print(f"  {_word('names', name)}: {_value(value)}")


def _word(kind: str, name: str) -> str:
    """The word for a name or value in the language of the terminal; itself where it has none."""
    words = _words()[kind].get(name)
    return name if words is None else text_of(words)


def _value(value: Any) -> str:
    if value is None:
        return of_both("– 未定", "– not decided")
    if isinstance(value, bool):
        return of_both("是", "yes") if value else of_both("否", "no")
    if isinstance(value, Mapping) and "zh" in value:
        return text_of(value) + (f" ({value['year']})" if value["year"] else "")
    if isinstance(value, Mapping):
        return "".join(f"\n    {_word('names', name)}: {_value(part)}" for name, part in value.items())
    if isinstance(value, list):
        return "; ".join(_in_a_line(part) for part in value) or of_both("– 无", "– none")
    return f"{value:,.4g}" if isinstance(value, float) and abs(value) < 1 else _scalar(value)


def _in_a_line(value: Any) -> str:
    return ", ".join(_scalar(part) for part in value.values()) if isinstance(value, Mapping) else _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.2f}"
    return _word("values", str(value))
