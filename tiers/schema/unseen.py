"""Rule texts that exist but were not available; the catalogue lists them, so that a gap is not read as no rule."""

from functools import lru_cache
from pathlib import Path

from tiers.schema.ladder import ladder
from tiers.schema.strict import Strict
from tiers.yaml_file import YamlFile


class Unseen(Strict):
    """One text: for which designation and place, and what is known of it."""

    designation: str
    place: str
    zh: str
    en: str


@lru_cache
def unseen() -> tuple[Unseen, ...]:
    """Every text that was not seen; ``DefinitionError`` with its line where an entry is invalid."""
    file = YamlFile(Path(__file__).parents[1] / "unseen.yml")
    texts = []
    for number, written in enumerate(file.content["unseen"]):
        text = file.validated(Unseen, written, ("unseen", number))
        if text.designation not in ladder():
            raise file.error(("unseen", number), f"no designation is called {text.designation}")
        texts.append(text)
    return tuple(texts)
