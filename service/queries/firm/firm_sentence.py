"""One sentence about a firm: who it is on the ladder, what changed, what is at stake; its words are in YAML."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from service.queries.firm.firm_page import FirmFile
from tiers.strict_yaml import load
from warehouse.rows import Row

MOVED = ("up", "back", "down")


@cache
def _words() -> dict[str, dict[str, str]]:
    return load(Path(__file__).with_name("firm_sentence.yml")).content


def _say(name: str, lang: str, **parts: object) -> str:
    return _words()[name][lang].format(**parts)


def firm_sentence(file: FirmFile, lang: str, status: str | None = None) -> str:
    """The sentence in one language; ``status`` is the word for what became of a firm that no longer exists."""
    profile, mover = file.profile, file.mover
    if profile["is_living"] is False:
        day = f" {profile['ended_on']}" if profile["ended_on"] else ""
        return _say("ended", lang, status=status or profile["status"], day=day)
    if mover is None:
        return _say("unplaced", lang)
    return _say(
        "parts", lang, who=_who(file, mover, lang), change=_change(file, mover, lang), stake=_stake(file, lang)
    ).strip()


def _who(file: FirmFile, mover: Row, lang: str) -> str:
    titles = mover[f"titles_{lang}"]
    held = _say("holds", lang, titles=titles) if titles else _say("holds_nothing", lang)
    if titles and mover["due_on"]:
        ending = "ending" if len(mover["titles"]) == 1 else "ending_first"
        held += _say(ending, lang, title=mover[f"due_{lang}"], day=mover["due_on"])
    return held + _met(file, mover, lang)


def _met(file: FirmFile, mover: Row, lang: str) -> str:
    """What the figures fulfil; where that is no rung, those that only people have to decide."""
    if mover["met"]:
        return _say("meets", lang, met=mover[f"met_{lang}"])
    waiting = [
        row[lang]
        for row in file.verdicts
        if row["is_selected"] and row["rank"] and row["outcome"] == "judgement" and row["designation"] not in file.held
    ]
    titles = ("、" if lang == "zh" else ", ").join(waiting)
    return _say("awaits", lang, titles=titles) if waiting else _say("meets_nothing", lang)


def _change(file: FirmFile, mover: Row, lang: str) -> str:
    day, change = file.run["previous_day"], mover[f"change_{lang}"]
    if mover["change"] == "same":
        return _say("same", lang, day=day)
    moves = list(_moves(mover, lang)) if mover["change"] in MOVED else []
    if not moves:
        return _say("other", lang, day=day, change=change)
    return _say("moved", lang, day=day, change=change, moves=("，" if lang == "zh" else ", ").join(moves))


def _moves(mover: Row, lang: str) -> Iterator[str]:
    nothing = _say("nothing", lang)
    for part in ("held", "met"):
        before, now = mover[f"from_{part}_{lang}"], mover[f"{part}_{lang}"]
        if before != now:
            yield _say(part, lang, **{"from": before or nothing, "to": now or nothing})


def _stake(file: FirmFile, lang: str) -> str:
    if file.signals:
        first = file.signals[0]
        return _say("signal", lang, signal=first[f"signal_{lang}"], reason=first[f"reason_{lang}"])
    step = file.mover[f"next_{lang}"] if file.mover else None
    return _say("next", lang, next=step) if step else _say("nothing_next", lang)
