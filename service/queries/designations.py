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
    names |= {entry.zh.removesuffix("企业"): name for name, entry in known.items()}
    if written in names:
        return names[written]
    near = list(dict.fromkeys(names[word] for word in get_close_matches(written, names, n=NEAR)))
    listed = near or list(known)
    labels = "、".join(f"{name} {known[name].zh}" for name in listed)
    raise BadInput(
        f"没有“{text}”这一类别；" + (f"是否指 {labels}？" if near else f"可用的有：{labels}"),
        f"there is no designation {text}; " + ("is it " if near else "there are ") + ", ".join(listed),
    )
