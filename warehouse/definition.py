"""Loading of the warehouse's YAML definitions; invalid, repeated and unknown keys are refused with file and line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from tiers.strict_yaml import Document, StrictYamlError, Trail, load
from warehouse.errors import DefinitionError


class Strict(BaseModel):
    """Base of definition models: immutable, unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Definition = TypeVar("Definition", bound=BaseModel)


def read_yaml(path: Path) -> tuple[dict[str, Any], Mapping[Trail, int]]:
    """The mapping in a file, and the line of each value."""
    try:
        document = load(path)
    except StrictYamlError as error:
        raise DefinitionError(f"{path.name}:{error}") from error
    return document.content, document.lines


def read_definition(model: type[Definition], path: Path) -> Definition:
    """The content of a file as ``model``; raises ``DefinitionError`` with file and line."""
    content, lines = read_yaml(path)
    return validated(model, content, path, lines)


def validated(model: type[Definition], content: dict[str, Any], path: Path, lines: Mapping[Trail, int]) -> Definition:
    """Validate ``content`` as ``model``; raises ``DefinitionError`` with the line of the first error."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        location = ".".join(str(part) for part in first["loc"])
        line = Document(content, lines).line(first["loc"])
        raise DefinitionError(f"{path.name}:{line}: {location}: {first['msg']}") from error
