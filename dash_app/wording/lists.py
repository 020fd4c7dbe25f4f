"""What the lists that can be taken away, and their filters, are called: from the texts of ``downloads``."""

from collections.abc import Mapping
from functools import lru_cache

from dash_app.wording.loader import FOLDER, Lang
from service.wording.rendering import read_texts

DOWNLOADS = FOLDER.parent / "downloads"
WORDS = "words"


@lru_cache
def list_titles(lang: Lang) -> Mapping[str, str]:
    """The titles of all lists by name."""
    files = [read_texts(path) for path in DOWNLOADS.glob("*.yml") if path.stem != WORDS]
    return {name: listed["title"][lang] for lists in files for name, listed in lists.items()}


@lru_cache
def filter_names(lang: Lang) -> Mapping[str, str]:
    """What the parameters of an address are called."""
    return {name: words[lang] for name, words in read_texts(DOWNLOADS / f"{WORDS}.yml").items()}
