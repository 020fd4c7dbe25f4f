"""Editions that extend another one and list only their changes.

extends: gazelle/CN/2022
without: [revenue_age]
change: {technology_spending: {more_than: 4%, zh: …, en: …, clause: …}}
also: [{id: …}]
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from tiers.schema.condition import OPERATORS
from tiers.yaml_file import YamlFile

KEYS = ("extends", "without", "change", "also")
_EDITIONS = Path(__file__).parents[1] / "editions"
GROUPS = ("all_of", "any_of", "at_least_of")


def extended(file: YamlFile, above: Sequence[Path] = ()) -> dict[str, Any]:
    """The complete content of an edition: its own, or that of the edition it extends with its changes worked in.

    ``above`` are the files that extend it. Raises ``DefinitionError`` where it changes or leaves out a condition that
    is not there, or extends itself.
    """
    own = dict(file.content)
    name = own.pop("extends", None)
    if name is None:
        return own
    path = _edition(file.path.parent.parent.parent, str(name))
    if not path.exists():
        raise file.error(("extends",), f"there is no edition {name}")
    if path in (*above, file.path):
        raise file.error(("extends",), f"{name} extends itself")
    changes = {key: own.pop(key, None) for key in KEYS[1:]}
    content = deepcopy(extended(YamlFile(path), (*above, file.path))) | own
    (kind,) = (key for key in GROUPS if key in content)
    known = {part["id"]: part for part in leaves_of(content[kind])}
    for key in ("without", "change"):
        for missing in set(changes[key] or ()) - known.keys():
            raise file.error((key,), f"{name} has no condition {missing}")
    for condition, keys in (changes["change"] or {}).items():
        _change(known[condition], keys)
    content[kind] = [*_kept(content[kind], set(changes["without"] or ())), *(changes["also"] or [])]
    return content


def _edition(beside: Path, name: str) -> Path:
    """The file of an edition: beside the one that extends it, or of the rule book, for a draft that lies elsewhere."""
    own, book = (folder.joinpath(*name.split("/")).with_suffix(".yml") for folder in (beside, _EDITIONS))
    return own if own.exists() else book


def _change(leaf: dict[str, Any], keys: dict[str, Any]) -> None:
    """A new operator takes the place of the old one."""
    if keys.keys() & set(OPERATORS):
        for operator in OPERATORS:
            leaf.pop(operator, None)
    leaf.update(keys)


def _parts(node: dict[str, Any]) -> list[Any] | None:
    for key in GROUPS:
        if key in node:
            return node[key]["of"] if key == "at_least_of" else node[key]  # type: ignore[no-any-return]
    return None


def leaves_of(parts: list[Any]) -> Iterator[dict[str, Any]]:
    """Every condition of a written group, in order."""
    for part in parts:
        inner = _parts(part)
        yield from [part] if inner is None else leaves_of(inner)


def _kept(parts: list[Any], without: set[str]) -> list[Any]:
    """The parts without those left out; a group that has nothing left goes too."""
    kept = []
    for part in parts:
        inner = _parts(part)
        if inner is None:
            if part["id"] not in without:
                kept.append(part)
            continue
        inner[:] = _kept(inner, without)
        if inner:
            kept.append(part)
    return kept
