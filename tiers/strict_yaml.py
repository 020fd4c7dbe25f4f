"""The one YAML reader of the project: a repeated key is refused, and every value keeps the number of its line.

PyYAML's C loader, not ruamel.yaml: for the same 104 files ruamel's C loader takes three times as long, its Python one
fourteen times, and of either the lines would still have to be collected from the nodes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Trail = tuple[str | int, ...]
"""The keys and positions that lead to a value in its file."""


class StrictYamlError(Exception):
    """A file is not YAML, or repeats a key; ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message
        super().__init__(f"{line}: {message}")


@dataclass(frozen=True)
class Document:
    """The mapping a file holds and the line of each of its keys and items."""

    content: dict[str, Any]
    lines: Mapping[Trail, int]

    def line(self, trail: Trail) -> int:
        """The line of the value at ``trail``; of a value that is absent, the line of the nearest part around it."""
        while trail and trail not in self.lines:
            trail = trail[:-1]
        return self.lines.get(trail, 1)


def load(path: Path) -> Document:
    """The document of a file; raises ``StrictYamlError``, also where the top is not a mapping."""
    lines: dict[Trail, int] = {}
    try:
        loader = _LOADER(path.read_text("utf-8"))
        root = loader.get_single_node()
        if root is not None:
            _collect_lines(root, (), lines)
        content = None if root is None else loader.construct_document(root)
    except (yaml.YAMLError, ValueError) as error:  # a ValueError: not UTF-8, or a date that does not exist
        mark = getattr(error, "problem_mark", None)
        raise StrictYamlError(mark.line + 1 if mark else 1, str(getattr(error, "problem", error))) from error
    if not isinstance(content, dict):
        raise StrictYamlError(1, "a definition is a mapping of keys to values")
    return Document(content, lines)


def _collect_lines(node: yaml.Node, trail: Trail, lines: dict[Trail, int]) -> None:
    """Fill ``lines``; refuse a repeated key, of which PyYAML would keep the last one."""
    lines.setdefault(trail, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            _collect_lines(item, (*trail, position), lines)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below, line = (*trail, str(key.value)), key.start_mark.line + 1
            if below in lines:
                raise StrictYamlError(line, f"the key {key.value!r} is given twice")
            lines[below] = line
            _collect_lines(value, below, lines)
