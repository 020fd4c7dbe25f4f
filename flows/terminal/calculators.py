"""The terminal's view of the calculators: each answer with its parts, the documents and the doubts."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from rich.markup import escape

from flows.terminal.table import console


@lru_cache
def _words() -> dict[str, dict[str, str]]:
    from tiers.strict_yaml import load

    return load(Path(__file__).with_suffix(".yml")).content


def answers(rows: Iterable[Mapping[str, Any]]) -> None:
    """One block an answer."""
    for row in rows:
        console.print(f"\n[bold]{_name(row['name'])}[/bold]: {_value(row['value'])}")
        reliability(row)


def reliability(row: Mapping[str, Any]) -> None:
    """Status unless it is certain, documents, reasons for doubt."""
    if row["status"] != "derived":
        console.print(f"  {_words()['statuses'][row['status']]}")
    console.print(f"  依据 by: {escape('；'.join(row['documents'])) or '–'}")
    for reason in row["reasons"]:
        console.print(f"  说明 note: {reason['zh']} {reason['en']}")


def figures(row: Mapping[str, Any]) -> None:
    """The parts of a plain answer."""
    for name, value in row.items():
        if name != "answers" and value is not None:
            console.print(f"  {_name(name)}: {_value(value)}")


def _name(name: str) -> str:
    stem, _, year = name.partition(" ")
    return f"{_words()['names'].get(stem, stem)} {year}".strip()


def _value(value: Any) -> str:
    if value is None:
        return "– 未定 not decided"
    if isinstance(value, bool):
        return "是 yes" if value else "否 no"
    if isinstance(value, Mapping) and "zh" in value:
        return f"{value['zh']} {value['en']}" + (f" ({value['year']})" if value["year"] else "")
    if isinstance(value, Mapping):
        return "".join(f"\n    {_name(name)}: {_value(part)}" for name, part in value.items())
    if isinstance(value, list):
        return "；".join(_in_a_line(part) for part in value) or "– 无 none"
    return f"{value:,.4g}" if isinstance(value, float) and abs(value) < 1 else _scalar(value)


def _in_a_line(value: Any) -> str:
    return "，".join(_scalar(part) for part in value.values()) if isinstance(value, Mapping) else _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.2f}"
    return _words()["values"].get(str(value), str(value))
