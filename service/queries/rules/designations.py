"""The designation a person means."""

from difflib import get_close_matches

from tiers.schema.ladder import ladder
from warehouse.errors import BadInput

NEAR = 3


def designation_of(text: str) -> str:
    """The name of the designation with this name or label; raises ``BadInput`` with the valid ones."""
    known = ladder()
    written = text.strip().casefold()
    names = {word.casefold(): name for name, entry in known.items() for word in (name, entry.en, entry.zh)}
    spellings = (written, f"{written}企业")  # the last word may be left out
    if spelling := next((spelling for spelling in spellings if spelling in names), None):
        return names[spelling]
    close = (word for spelling in spellings for word in get_close_matches(spelling, names, n=NEAR))
    near = list(dict.fromkeys(names[word] for word in close))[:NEAR]
    listed = near or list(known)
    labels = "、".join(f"{name} {known[name].zh}" for name in listed)
    raise BadInput(
        f"没有“{text}”这一类别；" + (f"是否指 {labels}？" if near else f"可用的有：{labels}"),
        f"there is no designation {text}; " + ("is it " if near else "there are ") + ", ".join(listed),
    )
