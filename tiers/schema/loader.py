"""Loads the file of an edition into its models; an invalid part raises ``DefinitionError`` with file and line."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from tiers.schema.condition import Comparison, Conduct, Discretion, Exclusion, Group, Leaf, Unavailable
from tiers.schema.conduct import conduct_words
from tiers.schema.edition import Edition, Head
from tiers.schema.extends import extended
from tiers.schema.points import Scored
from tiers.schema.strict import Strict
from tiers.strict_yaml import Trail
from tiers.yaml_file import YamlFile

Part = TypeVar("Part", bound=Strict)
_LEAVES: dict[str, type[Leaf]] = {
    "metric": Comparison,
    "judgement": Discretion,
    "conduct": Conduct,
    "excluded_industries": Exclusion,
    "score": Scored,
    "text_not_available": Unavailable,
}
_GROUPS = ("all_of", "any_of", "at_least_of")
_NAMES = ("route", "zh", "en")


def read_edition(path: Path) -> Edition:
    """The edition a file writes; its name is its place in the folder: designation, place, edition."""
    file = YamlFile(path)
    return edition_of_content(file, extended(file))


def edition_of_content(file: YamlFile, content: dict[str, Any]) -> Edition:
    """The edition that a content writes, under the name of a file; a draft has another content than its file."""
    return _Reader(file, content).edition()


class _Reader:
    def __init__(self, file: YamlFile, content: dict[str, Any]) -> None:
        self.file, self.content = file, content

    def edition(self) -> Edition:
        path, content = self.file.path, self.content
        designation, place, name = path.parent.parent.name, path.parent.name, path.stem
        rest = {key: value for key, value in content.items() if key not in _GROUPS}
        head = self.model(Head, rest, ())
        kind = self.only({key: 1 for key in content if key in _GROUPS}, _GROUPS, ())
        conditions = self.group({kind: content[kind]}, (), None)
        return Edition(
            id=f"{designation}/{place}/{name}",
            designation=designation,
            place=place,
            head=head,
            conditions=conditions,
        )

    def model(self, model: type[Part], content: Any, trail: Trail) -> Part:
        if not isinstance(content, dict):
            raise self.file.error(trail, "expected keys and values")
        part = self.file.validated(model, content, trail)
        self.mark(part, trail)
        return part

    def mark(self, part: BaseModel, trail: Trail) -> None:
        """Give every part below its line."""
        if isinstance(part, Strict):
            part._line = self.file.line(trail)
        for name, field in type(part).model_fields.items():
            value, below = getattr(part, name), (*trail, field.alias or name)
            if isinstance(value, Strict):
                self.mark(value, below)
            elif isinstance(value, tuple):
                for position, item in enumerate(value):
                    if isinstance(item, Strict):
                        self.mark(item, (*below, position))

    def only(self, content: dict[str, Any], keys: tuple[str, ...], trail: Trail) -> str:
        present = [key for key in keys if key in content]
        if len(present) != 1:
            raise self.file.error(trail, f"write exactly one of {', '.join(keys)}")
        return present[0]

    def node(self, content: Any, trail: Trail, route: str | None) -> Group | Leaf:
        if not isinstance(content, dict):
            raise self.file.error(trail, "a condition is a mapping of keys to values")
        key = self.only(content, (*_GROUPS, *_LEAVES), trail)
        if key in _GROUPS:
            return self.group(content, trail, route)
        leaf = self.model(_LEAVES[key], content, trail)
        leaf._route = route
        if isinstance(leaf, Conduct):
            for word in set(leaf.conduct) - conduct_words().keys():
                known = ", ".join(conduct_words())
                raise self.file.error((*trail, "conduct"), f"no conduct is called {word}; the words are {known}")
        return leaf

    def group(self, content: dict[str, Any], trail: Trail, route: str | None) -> Group:
        kind = self.only(content, _GROUPS, trail)
        for key in content.keys() - {kind, *_NAMES}:
            raise self.file.error((*trail, key), "this key has no meaning in a group of conditions")
        below, written = (*trail, kind), content[kind]
        if kind == "at_least_of":
            needed, written, below = *self.counted(written, below), (*below, "of")
        if not isinstance(written, list) or not written:
            raise self.file.error(below, "a group lists its conditions")
        inner = content.get("route", route)
        parts = tuple(self.node(item, (*below, at), inner) for at, item in enumerate(written))
        if kind != "at_least_of":
            needed = len(parts) if kind == "all_of" else 1
        names = {key: content[key] for key in _NAMES if key in content}
        return self.model(Group, {"parts": parts, "needed": needed, **names}, trail)

    def counted(self, written: Any, trail: Trail) -> tuple[int, Any]:
        if not isinstance(written, dict) or written.keys() != {"count", "of"}:
            raise self.file.error(trail, "write count and of")
        return int(written["count"]), written["of"]
