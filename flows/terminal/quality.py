"""The terminal's view of one quality rule."""

from collections.abc import Mapping
from typing import Any

from flows.terminal.language import of_both
from flows.terminal.markup import echo
from flows.terminal.table import table


def rule(answer: Mapping[str, Any]) -> None:
    """Messages, why it differs or is not held, where it is held, examples."""
    echo(f"{answer['id']} {answer['severity']}\n{of_both(answer['message_zh'], answer['message_en'])}")
    for words in (answer["differs"], answer["reason"]):
        if words:
            echo(of_both(words["zh"], words["en"]))
    echo("\n".join(answer["places"]))
    table(answer["examples"], ("file_name", "sheet", "row_no", "field", "value", "firm"))
