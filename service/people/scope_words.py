"""Scopes in words, as people read them: the whole zone, parks and incubators by name, own firms, zones by name."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from service.people.scopes import AT, ZONES
from service.scope import EVERY
from service.wording.rendering import park_name, read_texts
from warehouse.home import Home
from warehouse.zones.registry import is_installation, read_zones

Names = Mapping[str, Mapping[str, str]]
"""The names of zones by code, each by ``zh`` and ``en``."""


def zone_names(home: Home) -> Names:
    """The names of the zones of an installation; none of a single home."""
    return {zone.code: {"zh": zone.zh, "en": zone.en} for zone in read_zones(home)} if is_installation(home) else {}


def scope_words(kind: str, keys: Sequence[str], lang: str, zones: Names | None = None) -> str:
    """A scope in words; a zone that ``zones`` does not name is shown by its code."""
    known = zones or {}
    inner, at, code = kind.partition(AT)
    if at:
        return _text("within", lang).format(inner=_own(inner, keys, lang), zone=_zone(code, known, lang))
    if kind == ZONES:
        return _of_zones(keys, known, lang)
    return _own(kind, keys, lang)


def written_in_words(scope: str, lang: str) -> str:
    """A scope as it is written (see ``scopes.written``) in words; zones by their codes."""
    inner, _, rest = scope.partition(":")
    keys, at, code = rest.rpartition(AT) if AT in rest else (rest, "", "")
    return scope_words(f"{inner}{at}{code}", keys.split(",") if keys else (), lang)


def _of_zones(codes: Sequence[str], known: Names, lang: str) -> str:
    if EVERY in codes:
        return _text("all_zones", lang)
    return _text(ZONES, lang).format(keys=_listed([_zone(code, known, lang) for code in codes], lang))


def _own(kind: str, keys: Sequence[str], lang: str) -> str:
    names = [park_name(key, lang) for key in keys] if kind == "park" else keys
    return _text(kind, lang).format(keys=_listed(names, lang))


def _zone(code: str, known: Names, lang: str) -> str:
    return known[code][lang] if code in known else code


def _listed(names: Sequence[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(names)


def _text(name: str, lang: str) -> str:
    return _texts()[name][lang]


@lru_cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    return read_texts(Path(__file__).with_suffix(".yml"))
