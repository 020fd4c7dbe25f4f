"""Places: administrative divisions of GB/T 2260 and the high-tech zones within them, by code and by name.

A code is the country, or the country and the digits of a division (province 2, prefecture 4, county 6), or that and the
letters of a zone.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path

from stdnum import numdb

from tiers.csv_file import read_csv
from tiers.errors import UnknownPlace

HERE = Path(__file__).parent
EDITIONS = HERE.parent / "editions"
PEOPLES = (
    "壮|回|维吾尔|藏|羌|彝|苗|侗|瑶|布依|土家|朝鲜|蒙古|白|傣|景颇|傈僳|哈尼|哈萨克|柯尔克孜|黎|满|锡伯|塔吉克|土|撒拉|东乡|保安|"
    "裕固|仡佬|水|畲|佤|拉祜|纳西|布朗|普米|怒|独龙|达斡尔|鄂温克|鄂伦春|毛南|仫佬|各"
)
ENDINGS = re.compile(rf"(?:(?:(?:{PEOPLES})族|维吾尔)*自治[区州县旗]|特别行政区|地区|林区|新区|省|市|区|县|州|盟|旗)$")
"""What a name may go without: 浙江 is 浙江省."""
_NAMED = re.compile(r"(?:\[\d*-(\d*)\])?([^,\[\]]+)")
"""End year and name, of each name in ``[-1980]旅大市,[1981-]大连市``."""
_NO_NAME = re.compile("市辖区|县|市|.*直辖.*")
_OF_KINDS = "-"
"""With which the code of an English name begins that is of a kind of zone, and of no place."""
NEAR = 5
"""Places that a refusal proposes at most."""


def is_within(place: str, other: str) -> bool:
    """Whether ``place`` lies in ``other`` or is it: CN-4201-ELHTZ, a zone, lies in CN-4201 lies in CN-42 lies in CN."""
    rest = place.removeprefix(other)
    return place == other or (rest != place and (rest.startswith("-") or rest.partition("-")[0].isdigit()))


@dataclass(frozen=True)
class Places:
    """The names of divisions by code, the zones by name, the ends of zone codes by the ends of zone names.

    ``english`` has the names in English by code, and by the end of a zone's code.
    """

    divisions: dict[str, str]
    zones: dict[str, str]
    zone_kinds: dict[str, str]
    english: dict[str, str]

    @cached_property
    def country(self) -> str:
        """The code of the country, with which every code begins."""
        return min(self.divisions, key=len)

    @cached_property
    def codes(self) -> set[str]:
        """Every code: divisions, zones, and the places that have an edition of their own."""
        kinds = set(self.zone_kinds.values())
        regular = {code + end for code in self.divisions for end in kinds}
        return {*self.divisions, *self.zones.values(), *regular, *_with_editions()}

    def resolve(self, text: str) -> str:
        """The code of a place written as its code or name; raises ``UnknownPlace`` where none or several fit."""
        written = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
        code = self._as_code(written.upper())
        if code in self.codes:
            return code
        fitting = sorted(set(self._named(written)), key=lambda place: (len(place), place))
        if len({self.name(place) for place in fitting}) == 1:
            return fitting[0]  # 随州市 had a code of a county before its present one
        raise UnknownPlace(text, [(near, self.name(near)) for near in fitting[:NEAR] or self._near(written, code)])

    def name(self, code: str) -> str:
        """The Chinese name with the divisions around it, such as 浙江省杭州市; the code of a place without name."""
        division = code if code in self.divisions else code.rpartition("-")[0]
        own = next((name for name, zone in self.zones.items() if zone == code), None)
        if own and code not in self.divisions:
            return own
        if division not in self.divisions:
            return code
        kind = next((name for name, end in reversed(self.zone_kinds.items()) if code == division + end), "")
        around = [self.divisions[part] for part in self._around(division)][::-1]
        return "".join(dict.fromkeys([*around, self.divisions[division]])) + kind

    def english_name(self, code: str) -> str:
        """The English name, then the divisions around it: Hangzhou, Zhejiang; without one the Chinese name."""
        if code in self.english and code not in self.divisions:
            return self.english[code]
        division, _, end = code.rpartition("-")
        kind = self.english.get(f"-{end}") if division in self.divisions else None
        names = [self.english.get(part) for part in ([division] if kind else [code, *self._around(code)])]
        if names[0] is None:
            return self.name(code)
        return f"{names[0]} {kind}" if kind else ", ".join(dict.fromkeys(filter(None, names)))

    def _as_code(self, written: str) -> str:
        """``3301``, ``330100`` and ``CN3301`` are written for ``CN-3301``."""
        match = re.fullmatch(rf"(?:{self.country}-?)?(\d{{2,6}})(-[0-9A-Z]+)?", written)
        if match is None:
            return written
        digits = re.sub(r"^(\d{2}(?:(?!00)\d{2})?)(?:00)+$", r"\1", match[1])
        return f"{self.country}-{digits}{match[2] or ''}"

    def _around(self, division: str) -> Iterator[str]:
        """The divisions in which one lies, the nearest first, without the country."""
        for length in (2, 4):
            if len(outer := division[:-length]) > len(self.country) + 1 and outer in self.divisions:
                yield outer

    def _named(self, text: str) -> list[str]:
        """The places of that name: zones, then divisions, then zones named after their division."""
        zones = {unicodedata.normalize("NFKC", name): code for name, code in self.zones.items()}
        if text in zones:
            return [zones[text]]
        if fitting := self._divisions_named(text):
            return fitting
        for name, end in self.zone_kinds.items():
            if text.endswith(name) and text != name:
                return [code + end for code in self._divisions_named(text.removesuffix(name))]
        return []

    def _divisions_named(self, text: str) -> list[str]:
        exact = [code for code, name in self.divisions.items() if self._is_called(text, code, (name,))]
        return exact or [code for code, name in self.divisions.items() if self._is_called(text, code, _names(name))]

    def _is_called(self, text: str, code: str, names: tuple[str, ...]) -> bool:
        """Whether a text is the name of a division, alone or after the names of those around it."""
        return any(
            text == name
            or (
                text.endswith(name)
                and any(
                    self._is_called(text.removesuffix(name), outer, _names(self.divisions[outer]))
                    for outer in self._around(code)
                )
            )
            for name in names
        )

    def _near(self, text: str, code: str) -> list[str]:
        """Places of a like name, those that begin alike and large ones first; of a code those that begin alike."""
        if code.startswith(self.country):
            return self._near_code(code)
        by_name = {name: own for own, full in self.divisions.items() for name in _names(full)} | self.zones
        names = get_close_matches(text, by_name, n=NEAR * NEAR, cutoff=0.5)
        names.sort(key=lambda name: (name[0] != text[0], len(by_name[name])))
        return list(dict.fromkeys(by_name[name] for name in names))[:NEAR]

    def _near_code(self, code: str) -> list[str]:
        """Codes with the longest beginning in common, a province's digits at least."""
        for length in range(len(code), len(self.country) + 2, -1):
            if near := sorted(
                (own for own in self.codes if own.startswith(code[:length])), key=lambda own: (len(own), own)
            ):
                return near[:NEAR]
        return []


def _names(full: str) -> tuple[str, ...]:
    short = ENDINGS.sub("", full)
    return (full, short) if len(short) > 1 and short != full else (full,)


def _with_editions() -> set[str]:
    return {path.name for path in EDITIONS.glob("*/*") if path.is_dir()}


@cache
def places() -> Places:
    """The places of the files beside this module."""
    added = {row["code"]: row["zh"] for row in _rows("divisions")}
    country = min(added, key=len)
    divisions = dict(sorted({**{f"{country}-{digits}": name for digits, name in _gb2260()}, **added}.items()))
    zones = {row["name"]: row["code"] for row in _rows("zones")}
    kinds = {row["name"]: row["suffix"] for row in _rows("zone_kinds")}
    return Places(divisions, zones, kinds, _english_names())


def is_place(code: str) -> bool:
    """Whether a code is of a place; divisions all have an English name, read in a tenth of the time of the standard."""
    is_division = code in _english_names() and not code.startswith(_OF_KINDS)
    return is_division or code in places().codes


@cache
def _english_names() -> dict[str, str]:
    return {row["code"]: row["en"] for row in _rows("english")}


def division_names() -> Iterator[tuple[str, str, bool]]:
    """GB/T 2260 since 1980: six digits, name, whether it is the present one; names of a code by age."""
    for _, province, _, _, divisions in numdb.get("cn/loc").prefixes:
        for _, number, _, properties, _ in divisions:
            for until, name in _NAMED.findall(properties["county"]):
                yield province + number, name, until == ""


@cache
def division_name(code: str) -> str | None:
    """The name of a division by its six digits, of a dissolved one the last it had; None where it never had one."""
    return _names_by_code().get(code)


@cache
def _names_by_code() -> dict[str, str]:
    """The present name of each code comes after its former ones."""
    ordered = sorted(division_names(), key=lambda entry: entry[2])
    return {digits: name for digits, name, _ in ordered if not _NO_NAME.fullmatch(name)}


def _gb2260() -> Iterator[tuple[str, str]]:
    """The digits and the present name of every division that is not dissolved."""
    for digits, name, is_present in division_names():
        if is_present and not _NO_NAME.fullmatch(name):
            yield re.sub("(?:00){1,2}$", "", digits), name


def _rows(name: str) -> list[dict[str, str]]:
    return read_csv(HERE / f"{name}.csv")
