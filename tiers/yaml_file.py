"""A file of the rules: its content, and errors that name the file and the line of the part at fault."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tiers.errors import DefinitionError
from tiers.strict_yaml import StrictYamlError, Trail, load

Model = TypeVar("Model", bound=BaseModel)


class YamlFile:
    """The content of one file, and the line on which each part of it stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._document = load(path)
        except StrictYamlError as error:
            raise DefinitionError(path, error.line, error.message) from error
        self.content: dict[str, Any] = self._document.content

    def line(self, trail: Trail) -> int:
        """The line of the value at ``trail``, or of the nearest part above it."""
        return self._document.line(trail)

    def error(self, trail: Trail, message: str) -> DefinitionError:
        """The error to raise for the value at ``trail``."""
        where = ".".join(str(part) for part in trail)
        return DefinitionError(self.path, self.line(trail), f"{where}: {message}" if where else message)

    def validated(self, model: type[Model], content: Any, trail: Trail) -> Model:
        """The content at ``trail`` as a model; the first invalid part raises ``DefinitionError`` with its line."""
        try:
            return model.model_validate(content)
        except ValidationError as error:
            first = error.errors()[0]
            steps = tuple(step for step in first["loc"] if not _is_union_tag(step))
            raise self.error((*trail, *steps), first["msg"]) from error


def _is_union_tag(step: str | int) -> bool:
    """Whether pydantic names a branch of a union here, ``Indicator`` or ``tuple[int,int]``, and no key of the file."""
    return isinstance(step, str) and (step[:1].isupper() or "[" in step)
