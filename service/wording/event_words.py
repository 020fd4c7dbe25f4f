"""Words of events in both languages, for pages and the terminal: ``event_words.yml``."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from service.wording.rendering import read_texts


@lru_cache
def event_words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """The words by enumeration (``event``, ``change``, ``case_event``) and value, each by ``zh`` and ``en``."""
    return read_texts(Path(__file__).with_suffix(".yml"))
