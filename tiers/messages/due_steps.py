"""Messages: the steps by which a duty is done."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tiers.messages.counted import Counted
from tiers.messages.texts import texts


def steps_text(steps: Sequence[Mapping[str, Any]] | None, lang: str) -> str | None:
    """Steps with ``working_days``, and what and why in both languages, as a text; None where none is known."""
    if steps is None:
        return None
    words = texts("due_steps")
    return words["between"][lang].join(
        words["step"][lang].format(what=step[lang], days=Counted(step["working_days"]), because=step[f"because_{lang}"])
        for step in steps
    )


def with_steps(due: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of ``mart_firm__due`` with their ``steps`` as ``steps_zh`` and ``steps_en``, which an older release kept."""
    return [_worded(row) if "steps" in row else dict(row) for row in due]


def _worded(row: Mapping[str, Any]) -> dict[str, Any]:
    others = {name: value for name, value in row.items() if name != "steps"}
    return {**others, **{f"steps_{lang}": steps_text(row["steps"], lang) for lang in ("zh", "en")}}
