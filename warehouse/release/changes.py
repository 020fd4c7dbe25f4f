"""Changes from one release to another: figures, titles, firms, facts and verdicts, each with its cause."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from warehouse.database.build import Database
from warehouse.release.disclosure.purpose import require_service
from warehouse.rows import Row

QUERY = Path(__file__).with_name("changes.sql")
SOURCES = (
    "core_firm__yearly",
    "core_firm",
    "core_title",
    "stg_zone__yearly",
    "core_firm__facts",
    "mart_firm__sources",
    "core_mention",
)
"""The tables the list is read from; verdicts are compared through the facts."""

NUMBERS = ("BIGINT", "INTEGER", "DECIMAL", "HUGEINT")
NO_FACT = re.compile(r"_y\d$|^(firm_id|firm_key|day|name|uscc|stock_code|bucket)$")
"""Columns of the facts that are keys, or figures of a year, which are listed as figures."""

CAUSES = {
    "corrected": ("按第 {} 号决定更正", "corrected by decision {}"),
    "accepted": ("按第 {} 号决定采用", "accepted by decision {}"),
    "rejected": ("按第 {} 号决定不予采用", "rejected by decision {}"),
    "undone": ("撤回了此前的决定", "an earlier decision was withdrawn"),
    "withdrawn": ("报送单位撤回了该行", "the row was withdrawn by who filed it"),
    "restated": ("后来的文件重述", "restated by a later file"),
    "filed": ("新报送", "newly filed"),
    "unit_factor": ("单位由第 {} 号决定换算或认定", "its unit was decided by statement {}"),
    "identity": ("企业归并或匹配有变", "the firm it is joined to changed"),
    "renamed": ("更名", "renamed"),
    "late_list": ("迟到的名单：发布日早于上一期", "a late list: issued before the earlier run"),
    "listed": ("新名单", "a new list"),
    "data": ("数据有变", "the data changed"),
    "day": ("评价日不同", "another evaluation day"),
    "data_and_day": ("数据有变，评价日也不同", "the data changed, and the evaluation day"),
    "rules": ("规则或定义有变", "a rule or a definition changed"),
}


def changes(before: Path, after: Path) -> list[Row]:
    """One row a change: kind, firm_id, name, year, what, before, after, why, why_zh, why_en, statement_id, sources.

    ``sources`` are the delivered rows that show it, each with its file_name and the number of the newest decision that
    corrected it; of a verdict that the rules alone changed they are none. ``edition_id`` is that of a verdict.
    """
    require_service(*SOURCES)
    with Database.in_memory(a=before, b=after) as releases:
        releases.execute(_views_as_text(releases))
        rows = releases.rows(QUERY.read_text("utf-8"))
        places = _places(releases)
    return [_with_cause({**row, "sources": [places.of(place) for place in row["sources"] or ()]}) for row in rows]


@dataclass(frozen=True)
class _Places:
    """File names by delivery, and the newest decisions by delivery, sheet and row."""

    file_names: Mapping[str, str]
    corrections: Mapping[tuple[str, str, int], int]

    def of(self, place: Row) -> Row:
        key = (place["delivery_id"], place["sheet"] or "", place["row_no"])
        return {
            **place,
            "file_name": self.file_names[place["delivery_id"]],
            "statement_id": self.corrections.get(key),
        }


def _places(releases: Database) -> _Places:
    names = "select delivery_id, file_name from a.deliveries union select delivery_id, file_name from b.deliveries"
    corrected = "select delivery_id, coalesce(sheet, ''), row_no, max(statement_id) from b.correction group by all"
    return _Places(
        dict(releases.tuples(names)),
        {(delivery, sheet, row): statement for delivery, sheet, row, statement in releases.tuples(corrected)},
    )


def _views_as_text(releases: Database) -> str:
    """Views of yearly figures, and of facts of the release's day, as text, so that all fit in one column."""
    views = []
    for name in ("a", "b"):
        yearly = releases.tuples(f"describe {name}.core_firm__yearly")
        figures = [column for column, kind, *_ in yearly if kind.startswith(NUMBERS)]
        views.append(
            f"create or replace temp view {name}_yearly as select firm_id, year, sources, basis,"  # noqa: S608 - our names
            f" {_texts(column for column in figures if column != 'year')} from {name}.core_firm__yearly"
        )
        facts = [column for column in releases.columns(f"{name}.core_firm__facts") if not NO_FACT.search(column)]
        views.append(
            f"create or replace temp view {name}_facts as unpivot (select firm_id, {_texts(facts)}"  # noqa: S608
            f" from {name}.core_firm__facts where day = (select day from {name}.run))"
            " on columns(* exclude (firm_id)) into name fact value amount"
        )
    return ";".join(views)


def _texts(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"::varchar as "{column}"' for column in columns)


def _with_cause(row: Row) -> Row:
    zh, en = (words.format(row["statement_id"]) for words in CAUSES[row["why"]])
    return {**row, "why_zh": zh, "why_en": en}
