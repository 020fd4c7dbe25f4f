"""The zones of an installation: ``zones.yml`` in its home, and the home of each zone below it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from tiers.places import is_place
from warehouse.buckets import SLICES
from warehouse.definition import Strict, read_yaml, validated
from warehouse.errors import BadInput, DefinitionError
from warehouse.home import Home

FILE = "zones.yml"
ALL = "all"
"""Names every zone where a command asks for codes."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Text = Annotated[str, StringConstraints(min_length=1)]


class Zone(Strict):
    """A zone: its code, the place whose editions come first, its inbox, and the class of zones it is compared with.

    Firms of a zone are read above it only where it ``shares_firms``; counts are read of every zone. ``buckets``: in
    how many its firms are classified, by default as their number asks.
    """

    code: Code
    zh: Text
    en: Text
    place: Text
    inbox: Path
    peers: Text
    owner: Text
    shares_firms: bool = False
    buckets: Annotated[int, Field(ge=1, le=SLICES)] | None = None


class ClassName(Strict):
    """In both languages, as pages show it."""

    zh: Text
    en: Text


class Zones(Strict):
    """The content of ``zones.yml``; ``classes`` names the classes of zones by their codes, those in ``peers``."""

    zones: list[Zone]
    classes: dict[str, ClassName] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _codes_are_unique(self) -> "Zones":
        codes = [zone.code for zone in self.zones]
        if repeated := [*_repeated(codes), *(code for code in codes if code == ALL)]:
            raise ValueError(f"重复或保留的代码 repeated or reserved codes: {', '.join(repeated)}")
        if unknown := sorted(place for place in {zone.place for zone in self.zones} if not is_place(place)):
            raise ValueError(f"不认识的属地代码 unknown codes of places: {', '.join(unknown)}")
        if unused := sorted(self.classes.keys() - {zone.peers for zone in self.zones}):
            raise ValueError(f"没有高新区属于这些类 classes of which there is no zone: {', '.join(unused)}")
        return self


def _repeated(texts: list[str]) -> list[str]:
    return sorted({text for text in texts if texts.count(text) > 1})


def is_installation(home: Home) -> bool:
    """Whether a home is an installation of many zones."""
    return (home.root / FILE).is_file()


def read_zones(home: Home) -> list[Zone]:
    """The zones in their order; raises as ``read``."""
    return read(home).zones


def read(home: Home) -> Zones:
    """The zones in their order, inboxes as absolute paths; raises ``BadInput`` where they cannot be read."""
    path = home.root / FILE
    if not path.is_file():
        raise BadInput(
            f"{path} 不存在；请在其中列出各高新区（代码、名称、属地、来件目录、同类、负责人），示例见 docs/zones.md",
            f"there is no {path}: list the zones in it (code, names, place, inbox, peers, owner), as in docs/zones.md",
        )
    try:
        content, lines = read_yaml(path)
        written = validated(Zones, content, path, lines)
    except DefinitionError as error:
        raise BadInput(f"{path}: 不能使用：{error}", f"{path}: cannot be used: {error}") from error
    zones = [zone.model_copy(update={"inbox": (home.root / zone.inbox).absolute()}) for zone in written.zones]
    return written.model_copy(update={"zones": zones})


def chosen(home: Home, codes: Sequence[str]) -> list[Zone]:
    """The zones of the codes that are to be run, in the order of the file, every one for ``ALL``.

    Raises ``BadInput`` for other codes, for zones with the same inbox, and where a code was changed.
    """
    zones = _of_codes(home, codes)
    if shared := _repeated([str(zone.inbox.resolve()) for zone in read_zones(home)]):
        listed = ", ".join(shared)
        raise BadInput(
            f"{home.root / FILE}: 几个区共用一个来件目录，同一文件会算在两区：{listed}；请各用各的",
            f"{home.root / FILE}: zones with the same inbox, whose files would count in both: {listed}; give each its"
            " own",
        )
    _require_not_renamed(home, zones)
    return zones


def _of_codes(home: Home, codes: Sequence[str]) -> list[Zone]:
    known = read_zones(home)
    if list(codes) == [ALL]:
        return known
    by_code = {zone.code: zone for zone in known}
    if unknown := [code for code in codes if code not in by_code]:
        listed = ", ".join(by_code) or "–"
        raise BadInput(
            f"没有代码为 {', '.join(unknown)} 的高新区；有 {listed}",
            f"there is no zone {', '.join(unknown)}; there are {listed}",
        )
    return [zone for zone in known if zone.code in codes]


def home_of(home: Home, code: str) -> Home:
    """The home of a zone: its landing, releases and casebook, apart from those of every other zone."""
    return Home(home.root / "zones" / code)


def installation_of(zone: Home) -> Home | None:
    """The installation whose ``zones.yml`` has a home as one of its zones; None where it is of none."""
    root = zone.root.absolute()
    above = Home(root.parent.parent)
    if root != home_of(above, root.name).root or not is_installation(above):
        return None
    return above if any(entry.code == root.name for entry in read_zones(above)) else None


def unlisted(home: Home) -> list[str]:
    """The codes of homes below an installation that ``zones.yml`` does not have: of zones removed or renamed."""
    codes = {zone.code for zone in read_zones(home)}
    folders = sorted(path for path in (home.root / "zones").glob("*") if Home(path).exists())
    return [path.name for path in folders if path.name not in codes]


def _require_not_renamed(home: Home, zones: Sequence[Zone]) -> None:
    """Raise ``BadInput`` where a zone has no home and a home no zone, as where a code was changed.

    A run would begin the zone anew, without its originals, releases and casebook.
    """
    new = [zone.code for zone in zones if not home_of(home, zone.code).exists()]
    old = unlisted(home)
    if new and old:
        folder = home.root / "zones"
        raise BadInput(
            f"{folder} 下的 {', '.join(old)} 不在 {FILE} 中，而 {', '.join(new)} 尚无数据目录：改代码的，请把目录改名"
            f"（mv {folder}/{old[0]} {folder}/{new[0]}）；确是撤销旧区、另立新区的，请把旧目录移出 {folder}",
            f"{', '.join(old)} below {folder} is not in {FILE}, and {', '.join(new)} has no home yet: where a code was"
            f" changed, rename the folder (mv {folder}/{old[0]} {folder}/{new[0]}); where an old zone ended and a new"
            f" zone begins, move the old folder out of {folder}",
        )
