"""The pools by place and day, strictly read; a local file extends another and lists only what changes.

extends: CN/2020
without: [enter]
change: {screen: {by: [officer]}}
also: {inspect: {zh: …, en: …, from: [screened], …}}
"""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from tiers.cultivation.schema import OUTSIDE, Pool, Step
from tiers.errors import NotInForce
from tiers.places import is_within
from tiers.schema.facts import ago_of, vocabulary
from tiers.schema.ladder import ladder
from tiers.yaml_file import YamlFile

HERE = Path(__file__).parent


@lru_cache
def pools(folder: Path = HERE) -> dict[str, Pool]:
    """Every pool by its id; an invalid file raises ``DefinitionError`` with its line."""
    return {pool.id: pool for pool in map(read_pool, sorted(folder.glob("*/*.yml")))}


def pool_of(place: str, day: date, folder: Path = HERE) -> Pool:
    """The pool of a place on a day: the most local one in force, of those the newest; raises ``NotInForce``."""
    fitting = [
        (len(name.partition("/")[0]), pool.in_force.from_, pool)
        for name, pool in pools(folder).items()
        if is_within(place, name.partition("/")[0])
        if pool.in_force.from_ <= day and (pool.in_force.to is None or day <= pool.in_force.to)
    ]
    if not fitting:
        raise NotInForce(f"培育库 {place} (pool)", day)
    return max(fitting, key=lambda entry: entry[:2])[2]


def read_pool(path: Path) -> Pool:
    """The pool of a file with what it extends worked in; raises ``DefinitionError`` with its line."""
    file = YamlFile(path)
    pool = file.validated(Pool, {"id": _id(path), **_extended(file)}, ())
    for trail, message in _mistakes(pool):
        raise file.error(trail, message)
    return pool


def _id(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def _extended(file: YamlFile) -> dict[str, Any]:
    own = dict(file.content)
    name = own.pop("extends", None)
    if name is None:
        return own
    path = file.path.parent.parent.joinpath(*str(name).split("/")).with_suffix(".yml")
    if not path.exists():
        raise file.error(("extends",), f"there is no pool {name}")
    without, change, also = (own.pop(key, None) or {} for key in ("without", "change", "also"))
    content = deepcopy(_extended(YamlFile(path)))
    steps = content["steps"]
    for key, names in (("without", without), ("change", change)):
        for missing in set(names) - steps.keys():
            raise file.error((key,), f"{name} has no step {missing}")
    kept = {step: {**written, **change.get(step, {})} for step, written in steps.items() if step not in without}
    for key in ("papers", "grounds", "states", "phases"):
        content[key] = {**content[key], **own.pop(key, {})}
    return {**content, **own, "steps": {**kept, **also}}


def _mistakes(pool: Pool) -> Iterator[tuple[tuple[str, ...], str]]:
    """Contradictions between the parts of a pool, each with its place."""
    for name, state in pool.states.items():
        if state.phase not in pool.phases:
            yield ("states", name, "phase"), f"no phase is called {state.phase}"
    for name, step in pool.steps.items():
        for missing in {*step.from_, step.to or OUTSIDE} - {OUTSIDE} - pool.states.keys():
            yield ("steps", name), f"no state is called {missing}"
        if step.to == OUTSIDE or (step.to is None and OUTSIDE in step.from_):
            yield ("steps", name, "to"), "a step leads into a state of the pool"
        for due in step.due:
            if due.step not in pool.steps:
                yield ("steps", name, "due"), f"no step is called {due.step}"
        yield from ((("steps", name, "needs"), message) for message in _of_needs(pool, step))


def _of_needs(pool: Pool, step: Step) -> Iterator[str]:
    names = [need.id for need in step.needs]
    if len(set(names)) < len(names):
        yield "two needs have one id"
    for need in step.needs:
        if need.paper is not None and need.paper not in pool.papers:
            yield f"no paper is called {need.paper}"
        if need.figure is not None and not _is_fact(need.figure):
            yield f"no fact is called {need.figure}"
        for designation in set(need.of) - ladder().keys():
            yield f"no designation is called {designation}"


def _is_fact(name: str) -> bool:
    return name in vocabulary() or ago_of(name) is not None
