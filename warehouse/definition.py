"""Reads our own YAML strictly: a repeated or unknown key is refused with file and line."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from warehouse.errors import DefinitionError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Trail = tuple[str | int, ...]
"""Where a value stands in its file: the keys and positions that lead to it."""


class Strict(BaseModel):
    """A part of a definition: unknown keys are errors, and nothing changes it later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Definition = TypeVar("Definition", bound=BaseModel)


def read_yaml(path: Path) -> tuple[dict[str, Any], dict[Trail, int]]:
    """The mapping a file holds, and the line on which each of its values stands."""
    try:
        root = yaml.compose(path.read_text("utf-8"), Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = mark.line + 1 if mark else 1
        raise DefinitionError(f"{path.name}:{at}: {getattr(error, 'problem', error)}") from error
    if not isinstance(root, yaml.MappingNode):
        raise DefinitionError(f"{path.name}:1: a definition is a mapping of keys to values")
    lines: dict[Trail, int] = {}
    _note_lines(root, (), lines, path)
    content = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - both are safe loaders
    return content, lines


def _note_lines(node: yaml.Node, trail: Trail, lines: dict[Trail, int], path: Path) -> None:
    """Fill ``lines``; YAML itself would keep the last of two equal keys without a word."""
    lines[trail] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            _note_lines(item, (*trail, position), lines, path)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below, at = (*trail, str(key.value)), key.start_mark.line + 1
            if below in lines:
                raise DefinitionError(f"{path.name}:{at}: the key {key.value!r} is given twice")
            _note_lines(value, below, lines, path)
            lines[below] = at


def validated(model: type[Definition], content: dict[str, Any], path: Path, lines: dict[Trail, int]) -> Definition:
    """The content as ``model``; the first thing wrong is told with its line."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        trail = tuple(first["loc"])
        while trail and trail not in lines:
            trail = trail[:-1]
        where = ".".join(str(part) for part in first["loc"])
        at = lines.get(trail, 1)
        raise DefinitionError(f"{path.name}:{at}: {where}: {first['msg']}") from error
