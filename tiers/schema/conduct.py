"""The words for conduct that conditions name, with the facts that answer them (``conduct.yml``)."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field

from tiers.schema.facts import vocabulary
from tiers.schema.strict import Strict
from tiers.yaml_file import YamlFile


class Word(Strict):
    """One kind of conduct; ``doubtful`` facts are of entries that may be of this kind."""

    facts: tuple[str, ...] = Field(min_length=1)
    doubtful: tuple[str, ...] = ()
    zh: str
    en: str


@lru_cache
def conduct_words() -> dict[str, Word]:
    """Every word by its name; ``DefinitionError`` with its line where an entry is invalid or names no date."""
    file = YamlFile(Path(__file__).parents[1] / "conduct.yml")
    words = {name: file.validated(Word, written, (name,)) for name, written in file.content.items()}
    for name, word in words.items():
        for fact in (*word.facts, *word.doubtful):
            if fact not in vocabulary() or vocabulary()[fact].type != "date":
                raise file.error((name,), f"{fact} is no date among the facts")
    return words
