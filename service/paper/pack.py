"""The Monday pack of the director: what to know on a page or two, each figure with the list it counts."""

from collections.abc import Mapping
from typing import Any

from service.paper.typesetting import pdf
from service.paper.words import cut, words
from service.queries.release.commands import rebuilding_command
from service.queries.today.pack import Pack
from service.wording.rendering import Counted, place_name
from service.wording.shown_moments import local_day
from warehouse.rows import AnyRow

TEMPLATE = "pack.typ"
NAMES = {"held": "all_held"}
"""The words of figures that are not called as they are named."""
LONGEST = 160


def monday_pack(pack: Pack, freshness: AnyRow, lang: str) -> bytes:
    """The pack in one language; raises ``PaperFailed``."""
    return pdf(TEMPLATE, pack_content(pack, freshness, lang), pack.run["published_at"])


def pack_content(pack: Pack, freshness: AnyRow, lang: str) -> dict[str, Any]:
    """What the template shows; ``codes`` are the footnotes, in the order of the figures."""
    worded = words(lang)
    codes = _Codes()
    return {
        "lang": lang,
        "words": worded,
        "title": worded["pack"].format(place=place_name(pack.run["place"], lang), day=pack.run["day"]),
        "run": pack.run["run_id"],
        "day": str(pack.run["day"]),
        "place": place_name(pack.run["place"], lang),
        "fresh": _fresh(freshness, worded, lang),
        "figures": [
            {
                "name": (name := worded[NAMES.get(str(row["name"]), str(row["name"]))]),
                "value": f"{row['value']:,}",
                "code": codes.of(name, row),
            }
            for row in pack.figures
        ],
        "targets": [_target(row, worded, lang, codes.of(f"{row[lang]} {row['year']}", row)) for row in pack.targets],
        "entered": _entered(pack, worded),
        "changes": [
            {"name": row[lang], "value": f"{row['firms']:,}", "code": codes.of(row[lang], row)} for row in pack.changes
        ],
        "firms": [_firm(number, row, lang) for number, row in enumerate(pack.firms, 1)],
        "codes": codes.rows,
        "resolve": worded["resolve"].format(
            month=f"{pack.run['day']:%Y-%m}", rebuild=rebuilding_command(pack.run["run_id"])
        ),
    }


def _entered(pack: Pack, worded: Mapping[str, str]) -> str:
    """That targets were entered since the run, or that this is not known; nothing where there are none."""
    if pack.entered is None:
        return worded["entered_unknown"]
    return worded["entered_since"].format(n=Counted(pack.entered)) if pack.entered and pack.targets else ""


class _Codes:
    """The footnotes: a code for each figure, with the address of the list that it counts, and the command for it."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []

    def of(self, name: str, row: AnyRow) -> str:
        code = f"{len(self.rows) + 1}"
        self.rows.append({"code": code, "name": name, "address": row["address"], "command": row["command"]})
        return code


def _fresh(freshness: AnyRow, worded: Mapping[str, str], lang: str) -> str:
    newest, quarantined = freshness["newest_received_at"], freshness["rows_quarantined"]
    line = worded["fresh_line"].format(
        day=freshness["day"],
        previous=freshness["previous_day"],
        newest=local_day(newest) if newest else "–",
        quarantined="–" if quarantined is None else worded["rows_in_quarantine"].format(n=Counted(quarantined)),
    )
    late = ("、" if lang == "zh" else ", ").join(
        worded["late_feed"].format(feed=feed[lang], on=feed["expected_by"], n=Counted(feed["days_late"]))
        for feed in freshness["late"]
    )
    return f"{line}；{worded['late'].format(feeds=late) if late else worded['none_late']}"


def _target(row: AnyRow, worded: Mapping[str, str], lang: str, code: str) -> dict[str, str]:
    low, high, target = row["low"], row["high"], row["target"]
    state = "on_course" if low >= target else "off_course" if high < target else "open_course"
    return {
        "measure": cut(row[lang], LONGEST),
        "year": str(row["year"]),
        "code": code,
        "target": f"{target:,.0f}",
        "expected": f"{row['expected']:,.0f}",
        "range": f"{low:,.0f} – {high:,.0f}",
        "state": worded[state],
    }


def _firm(number: int, row: AnyRow, lang: str) -> dict[str, str]:
    return {
        "number": str(number),
        "name": cut(row["name"], 40),
        "held": cut(row[f"held_{lang}"] or "–", 40),
        "why": cut(f"{row[f'signal_{lang}']}：{row[f'reason_{lang}']}", LONGEST),
        "do": cut(row[f"do_{lang}"], LONGEST),
        "acting": cut(row["acting"] or "–", 20),
    }
