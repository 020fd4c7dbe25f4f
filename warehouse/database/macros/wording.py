"""The words of values and conditions as macros, so that SQL that words the lists of a zone has none of its own."""

from collections.abc import Iterator, Mapping

from tiers.messages.texts import grouped_texts


def wording_macros_sql() -> str:
    """Macros of ``tiers/messages/figures.yml``: ``unit_zh(unit)`` and its like, ``wording_<name>_zh()`` of a word."""
    return "\n".join(_macros())


def _macros() -> Iterator[str]:
    figures = grouped_texts("figures")
    for lang in ("zh", "en"):
        yield _by_unit(f"unit_{lang}", figures["units"], lang)
        yield _by_unit(f"currency_{lang}", figures["currencies"], lang)
    yield _by_unit("single_unit_en", figures["units"], "one")
    for name, word in figures["words"].items():
        for lang, text in word.items():
            yield f"create or replace macro wording_{name}_{lang}() as {_quoted(text)};"


def _by_unit(macro: str, words: Mapping[str, Mapping[str, str]], form: str) -> str:
    """A macro from a unit to its word, which is empty where there is none."""
    cases = " ".join(f"when {_quoted(unit)} then {_quoted(word.get(form, ''))}" for unit, word in words.items())
    return f"create or replace macro {macro}(unit) as case unit {cases} else '' end;"


def _quoted(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))
