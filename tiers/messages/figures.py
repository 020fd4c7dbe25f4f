"""Words of values, gaps and conditions, ``figures.yml``, which SQL uses too (``warehouse/database/macros``)."""

from tiers.messages.texts import grouped_texts


def is_currency(unit: str) -> bool:
    """Whether amounts of a unit are money."""
    return unit in grouped_texts("figures")["currencies"]


def currency_word(unit: str, lang: str) -> str:
    """The name of a currency after an amount, in English with a blank before it."""
    return grouped_texts("figures")["currencies"][unit][lang]


def unit_word(unit: str, lang: str, number: str) -> str:
    """The word of a unit after a shown number, with the blank before it; empty where it has none."""
    words = grouped_texts("figures")["units"].get(unit, {})
    return words.get("one" if lang == "en" and number == "1" else lang, words.get(lang, ""))


def word(name: str, lang: str) -> str:
    """A word by its name."""
    return grouped_texts("figures")["words"][name][lang]
