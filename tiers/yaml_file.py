"""Reads our own YAML strictly: remembers the line of every value and refuses a repeated key."""

from pathlib import Path
from typing import Any

import yaml

from tiers.errors import DefinitionError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same safe loader in C where it was built: the whole rule book in a tenth of the time."""

Trail = tuple[str | int, ...]
"""Where a value stands in its file: the keys and positions that lead to it."""


class YamlFile:
    """The content of one file, and the line on which each part of it stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lines: dict[Trail, int] = {}
        text = path.read_text("utf-8")
        try:
            loader = _LOADER(text)
            root = loader.get_single_node()
            if root is not None:
                self._note(root, ())
            self.content: Any = None if root is None else loader.construct_document(root)
        except (yaml.YAMLError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            raise self.error((), str(getattr(error, "problem", error)), mark.line + 1 if mark else 1) from error
        if not isinstance(self.content, dict):
            raise self.error((), "a definition is a mapping of keys to values")

    def line(self, trail: Trail) -> int:
        """The line of the value at ``trail``, or of the nearest part above it."""
        while trail and trail not in self._lines:
            trail = trail[:-1]
        return self._lines.get(trail, 1)

    def error(self, trail: Trail, message: str, line: int | None = None) -> DefinitionError:
        """What to raise when the value at ``trail`` cannot stand."""
        where = ".".join(str(part) for part in trail)
        return DefinitionError(self.path, line or self.line(trail), f"{where}: {message}" if where else message)

    def _note(self, node: yaml.Node, trail: Trail) -> None:
        self._lines.setdefault(trail, node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            for position, item in enumerate(node.value):
                self._note(item, (*trail, position))
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                below, line = (*trail, str(key.value)), key.start_mark.line + 1
                if below in self._lines:
                    raise self.error((), f"the key {key.value!r} is given twice", line)
                self._lines[below] = line
                self._note(value, below)
