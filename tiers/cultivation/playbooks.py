"""The usual next three steps by signal; data in ``playbooks.yml``."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from tiers.cultivation.services import catalogue
from tiers.movement.signals import movement
from tiers.schema.condition import Identifier
from tiers.schema.strict import Strict, Words
from tiers.yaml_file import YamlFile

WRITTEN = Path(__file__).with_suffix(".yml")
ANSWERING = "answering"
"""Stands for the service that answers the condition the signal is about."""
STEPS = 3


class Play(Words):
    """A step: by so many working days after the signal, with the service it gives."""

    days: Annotated[int, Field(gt=0)]
    service: Identifier | None = None


class _Playbooks(Strict):
    signals: dict[Identifier, Annotated[tuple[Play, ...], Field(min_length=STEPS, max_length=STEPS)]]


@lru_cache
def playbooks(path: Path = WRITTEN) -> dict[str, tuple[Play, ...]]:
    """Three steps by signal, the earliest first; raises ``DefinitionError`` with file and line."""
    file = YamlFile(path)
    content = file.validated(_Playbooks, {"signals": file.content}, ()).signals
    for signal in content.keys() - movement().signals.keys():
        raise file.error((signal,), "there is no such signal")
    for signal in movement().signals.keys() - content.keys():
        raise file.error((), f"the signal {signal} has no playbook")
    for signal, steps in content.items():
        if [step.days for step in steps] != sorted(step.days for step in steps):
            raise file.error((signal,), "a later step comes earlier")
        for number, step in enumerate(steps):
            if step.service not in {None, ANSWERING, *catalogue().services}:
                raise file.error((signal, number, "service"), f"no service is called {step.service}")
    return content
