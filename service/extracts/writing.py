"""The workbook of an incubator as bytes, with the side file that explains its columns to programs."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.extracts.changes import changes, kept
from service.extracts.layout import TYPES, layout
from service.extracts.rows import Tables
from service.wording.rendering import place_name
from service.wording.shown_moments import second
from tiers.cultivation.credit import credit_rule
from warehouse.outputs.file_names import file_stem
from warehouse.rows import Row
from warehouse.spreadsheets.workbook import Sheet, workbook_bytes

TABLES = ("tenants", "due", "credit", "dissolved")


@dataclass(frozen=True)
class Last:
    """The delivery before: its run and day, when it was made, and what was kept of it, None where that is gone.

    Of one that is not ``is_known`` the log cannot be read: there may have been one, or none.
    """

    run_id: str
    day: str
    at: str
    kept: Mapping[str, Sequence[Row]] | None
    is_known: bool = True


UNKNOWN = Last("", "", "", None, is_known=False)
"""The delivery before, while the casebook cannot be read."""
UNMARKED = "-last-unknown"
"""Ends the name of a workbook without changes: it must not pass for one that was compared with the delivery before."""


@dataclass(frozen=True)
class Extract:
    """A workbook: its file name, bytes, side file, and what the next delivery is compared with."""

    incubator: str
    lang: str
    run_id: str
    day: date
    name: str
    workbook: bytes
    side: bytes
    kept: bytes

    @property
    def sha256(self) -> str:
        """The hash of the workbook."""
        return hashlib.sha256(self.workbook).hexdigest()

    @property
    def side_name(self) -> str:
        """Name of the JSON file that describes the columns of the workbook."""
        return f"{self.name.removesuffix('.xlsx')}.columns.json"


def write(incubator: str, lang: str, run: Row, editions: Sequence[Row], tables: Tables, last: Last | None) -> Extract:
    """The workbook; the same bytes for the same release, last delivery and language."""
    words = layout()
    stored = kept(vars(tables))
    rows: dict[str, list[Row]] = {name: _with_contact(vars(tables)[name], lang) for name in TABLES}
    is_known = last is None or last.is_known
    changed = changed_since(last, tables, lang) if is_known else [_not_known(lang)]
    rows = {"changes": changed, **rows, "columns": _columns(lang)}
    about = Sheet(words.word("about", lang), lines=_about(incubator, lang, run, editions, rows, last))
    sheets = [Sheet(sheet.of(lang), sheet.columns_in(lang), rows[name]) for name, sheet in words.sheets.items()]
    title = f"{words.word('title', lang)} {incubator}"
    workbook = workbook_bytes([about, *sheets], run["published_at"], title)
    name = f"{file_stem(incubator)}-{run['day']:%Y%m%d}-{run['run_id']}{'' if is_known else UNMARKED}.xlsx"
    head = {"incubator": incubator, "file": name, "sha256": hashlib.sha256(workbook).hexdigest(), "language": lang}
    known = last and {"run": last.run_id, "day": last.day}
    side = {**head, **_run_of(run), "last_delivery": known if is_known else "unknown"}
    return Extract(
        incubator, lang, run["run_id"], run["day"], name, workbook, _json({**side, "sheets": _explained(rows)}),
        _json({"run": run["run_id"], "day": run["day"], **stored}),
    )  # fmt: skip


def _not_known(lang: str) -> Row:
    """The row of the sheet of changes that states that they are not known."""
    empty = {column.name: None for column in layout().sheets["changes"].columns_in(lang)}
    return {**empty, "kind_word": layout().word("unreadable", lang)}


def changed_since(last: Last | None, tables: Tables, lang: str) -> list[Row]:
    """The rows of the sheet of changes, in words; none where there is nothing to compare with."""
    if last is None or last.kept is None:
        return []
    return [_worded(row, lang) for row in changes(last.kept, kept(vars(tables)), lang)]


def _run_of(run: Row) -> Row:
    return {"run": run["run_id"], "as_of": run["day"], "place": run["place"], "published_at": run["published_at"]}


def _with_contact(rows: Sequence[Row], lang: str) -> list[Row]:
    nobody = layout().word("unassigned", lang)
    return [{**row, "contact": row["contact"] or nobody} if "contact" in row else dict(row) for row in rows]


def _worded(row: Row, lang: str) -> Row:
    columns = layout().sheets["tenants"].columns_in(lang)
    headings = {column.name: column.heading for column in columns}
    return {**row, "kind_word": layout().word(row["kind"], lang), "what_word": headings.get(row["what"])}


def _about(
    incubator: str, lang: str, run: Row, editions: Sequence[Row], rows: Mapping[str, Sequence[Row]], last: Last | None
) -> list[tuple[Any, ...]]:
    words, rule = layout(), credit_rule(run["day"])
    head = [
        (words.word("title", lang),),
        (words.word("incubator", lang), incubator),
        (words.word("day", lang), str(run["day"])),
        (words.word("previous_day", lang), str(run["previous_day"] or "–")),
        (words.word("place", lang), place_name(run["place"], lang)),
        (words.word("run", lang), run["run_id"]),
        (words.word("published", lang), second(run["published_at"])),
        (words.word("last", lang), _last(last, rows, lang)),
        (words.word("purpose", lang), words.word("purpose_of", lang)),
        (),
        (words.word("contents", lang),),
    ]
    contents = [
        (sheet.of(lang), f"{_counted(name, rows, last, lang)} · {sheet.description.of(lang)}")
        for name, sheet in words.sheets.items()
    ]
    credit = [
        (words.word("credit_rule", lang), f"{rule.id}: {rule.zh if lang == 'zh' else rule.en}"),
        (words.word("because", lang), rule.because_zh if lang == "zh" else rule.because_en),
        (words.word("dispute", lang), words.word("dispute_how", lang)),
    ]
    titles = [
        (words.word("editions", lang) if number == 0 else "", row[f"title_{lang}"])
        for number, row in enumerate(editions)
    ]
    return [*head, *contents, (), *credit, (), *titles]


def _counted(name: str, rows: Mapping[str, Sequence[Row]], last: Last | None, lang: str) -> str:
    words = layout()
    if name == "changes" and last is not None and not last.is_known:
        return words.word("not_known", lang)
    return f"{len(rows[name])} {words.word('rows', lang)}"


def _last(last: Last | None, rows: Mapping[str, Sequence[Row]], lang: str) -> str:
    words = layout()
    if last is None:
        return words.word("first", lang)
    if not last.is_known:
        return words.word("unreadable", lang)
    when = f"{last.at[:10]} · {last.day} · {last.run_id}"
    if last.kept is None:
        return f"{when} · {words.word('lost', lang)}"
    return when if rows["changes"] else f"{when} · {words.word('unchanged', lang)}"


def _columns(lang: str) -> list[Row]:
    """The rows of the sheet that explains the columns of the others."""
    return [
        {
            "sheet": sheet.of(lang),
            "heading_zh": text.zh,
            "heading_en": text.en,
            "unit": text.unit.of(lang) if text.unit else None,
            "meaning_zh": text.means.zh,
            "meaning_en": text.means.en,
        }
        for sheet in layout().sheets.values()
        for text in sheet.columns.values()
    ]


def _explained(rows: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Each sheet with its columns: name, headings, type, unit, meaning."""
    return [
        {
            "sheet": name,
            "title": {"zh": sheet.zh, "en": sheet.en},
            "rows": len(rows[name]),
            "columns": [
                {
                    "name": column,
                    "zh": text.zh,
                    "en": text.en,
                    "type": TYPES[text.kind],
                    "unit": vars(text.unit) if text.unit else None,
                    "meaning": {"zh": text.means.zh, "en": text.means.en},
                }
                for column, text in sheet.columns.items()
            ],
        }
        for name, sheet in layout().sheets.items()
    ]


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n").encode()
