"""The warehouse's own YAML as models: a repeated or unknown key is refused with file and line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from tiers.strict_yaml import Document, StrictYamlError, Trail, load
from warehouse.errors import DefinitionError


class Strict(BaseModel):
    """A part of a definition: unknown keys are errors, and nothing changes it later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Definition = TypeVar("Definition", bound=BaseModel)


def read_yaml(path: Path) -> tuple[dict[str, Any], Mapping[Trail, int]]:
    """The mapping a file holds, and the line on which each of its values stands."""
    try:
        document = load(path)
    except StrictYamlError as error:
        raise DefinitionError(f"{path.name}:{error}") from error
    return document.content, document.lines


def validated(model: type[Definition], content: dict[str, Any], path: Path, lines: Mapping[Trail, int]) -> Definition:
    """The content as ``model``; the first invalid part raises ``DefinitionError`` with its line."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        line = Document(content, lines).line(first["loc"])
        raise DefinitionError(f"{path.name}:{line}: {where}: {first['msg']}") from error
