"""The words by which a scope is written: ``zone``, ``park:CODE,CODE``, ``incubator:NAME``, ``own``.

In an installation of many zones: ``zones:CODE,CODE``, ``zones:all``, or one of the others within a zone, as
``incubator:NAME@CODE``.
"""

from service.scope import EVERY, NO_PARK
from tiers.places import division_name
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.zones.registry import is_installation, read_zones

WITH_KEYS = ("park", "incubator")
WITHOUT_KEYS = ("zone", "own")
ZONES, AT = "zones", "@"


def checked(words: str, home: Home) -> tuple[str, tuple[str, ...]]:
    """Kind and keys of a scope that a home can have; raises ``BadInput`` for another, such as a zone it has not."""
    if not is_installation(home):
        return _with_known_parks(*parsed(words))
    known = [zone.code for zone in read_zones(home)]
    kind, keys, codes = _of_installation(words.strip(), known)
    if unknown := [code for code in codes if code not in (*known, EVERY)]:
        raise BadInput(
            f"没有代码为 {'、'.join(unknown)} 的高新区；有 {'、'.join(known)}",
            f"there is no zone {', '.join(unknown)}; there are {', '.join(known)}",
        )
    return _with_known_parks(kind, keys)


def _of_installation(words: str, known: list[str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Kind and keys of words, and the codes of zones in them."""
    kind, _, rest = words.partition(":")
    codes = tuple(dict.fromkeys(code.strip() for code in rest.split(",") if code.strip()))
    if kind == ZONES and codes and (EVERY not in codes or codes == (EVERY,)):
        return ZONES, codes, codes
    inner, at, code = words.rpartition(AT)
    if at:
        kind, keys = parsed(inner)
        return (ZONES, (code,), (code,)) if kind == "zone" else (f"{kind}{AT}{code}", keys, (code,))
    listed = ",".join(known[:2])
    raise BadInput(
        f"此处有多个高新区，范围 {words} 须写明是哪个：zones:{listed}、zones:{EVERY}，"
        "或在区内，如 incubator:名称@代码、own@代码",
        f"there are many zones here, and {words} names none: write zones:{listed}, zones:{EVERY}, or within a zone,"
        " such as incubator:NAME@CODE or own@CODE",
    )


def within(kind: str, keys: tuple[str, ...], code: str) -> tuple[str, tuple[str, ...]] | None:
    """Kind and keys that a scope of an installation has within one of its zones; None where it has not the zone."""
    if kind == ZONES:
        return ("zone", ()) if code in keys or EVERY in keys else None
    inner, at, zone = kind.partition(AT)
    return (inner, keys) if at and zone == code else None


def parsed(words: str) -> tuple[str, tuple[str, ...]]:
    """Kind and keys of a scope as it is written; raises ``BadInput`` for anything else."""
    kind, _, rest = words.strip().partition(":")
    keys = tuple(dict.fromkeys(key.strip() for key in rest.split(",") if key.strip()))
    if (kind in WITHOUT_KEYS and not rest) or (kind in WITH_KEYS and keys):
        return kind, keys
    raise BadInput(
        f"范围 {words} 无法识别，请写 zone（全区）、park:代码、incubator:名称（可多个，以逗号分开）"
        "或 own（本人名下企业）",
        f"{words} is no scope: write zone, park:CODE, incubator:NAME (several by commas), or own (firms assigned)",
    )


def _with_known_parks(kind: str, keys: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    unknown = [key for key in keys if key != NO_PARK and division_name(key) is None]
    if kind.partition(AT)[0] == "park" and unknown:
        raise BadInput(
            f"没有区划代码 {'、'.join(unknown)}；园区写六位区划代码",
            f"there is no division {', '.join(unknown)}: a park is its division code of six digits",
        )
    return kind, keys


def written(kind: str, keys: tuple[str, ...]) -> str:
    """A scope as ``parsed`` reads it."""
    inner, at, zone = kind.partition(AT)
    return f"{inner}:{','.join(keys)}{at}{zone}" if keys else kind
