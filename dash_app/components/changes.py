"""How the position of a firm changed, in words."""

from collections.abc import Mapping
from typing import Any

from dash_app.wording.loader import Lang


def changed(mover: Mapping[str, Any], lang: Lang) -> str:
    """The kind of change, with what the firm held or met before and now where that differs."""
    word = str(mover[f"change_{lang}"])
    for part in ("held", "met"):
        before, now = mover[f"from_{part}_{lang}"], mover[f"{part}_{lang}"]
        if before != now and mover["change"] in ("up", "back", "down"):
            return f"{word} {before or '–'} → {now or '–'}"
    return word
