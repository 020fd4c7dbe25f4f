"""The rule catalogue: every edition with its document, every condition with its clause; Markdown, both languages."""

from typing import Any

from tiers import load_rulebook
from tiers.messages.wording import CONFIDENCES
from tiers.schema.ladder import ladder
from tiers.schema.unseen import unseen

INTRO = """# 规则目录 The rule catalogue

由 `tidu catalogue > docs/catalogue.md` 从 `tiers/editions` 生成，不手改。
Made from `tiers/editions` by `tidu catalogue > docs/catalogue.md`; not written by hand.
"""


def catalogue() -> str:
    """All editions, the ladder first, each with its conditions in the order of its file."""
    book = load_rulebook()
    tables = book.tables()
    designations = {row["designation"]: row for row in tables["ref_designations"].to_dicts()}
    conditions: dict[str, list[dict[str, Any]]] = {}
    for row in tables["ref_conditions"].to_dicts():
        conditions.setdefault(row["edition_id"], []).append(row)
    parts = [INTRO]
    for name, designation in designations.items():
        editions = [row for row in tables["ref_editions"].to_dicts() if row["designation"] == name]
        if editions:
            parts.append(f"## {designation['zh']} {designation['en']}\n")
            parts += [_edition(row, conditions[row["edition_id"]], book.edition(row["edition_id"])) for row in editions]
    return "\n".join([*parts, *_unseen()])


def _unseen() -> list[str]:
    names = {name: f"{rung.zh} {rung.en}" for name, rung in ladder().items()}
    return [
        "## 未见文本 Texts not available\n",
        "没有读到原文的不判定，也不猜。What was not read decides nothing and is not guessed.\n",
        "| 类别 designation | 地区 place | 所知 what is known |",
        "|---|---|---|",
        *(f"| {names[text.designation]} | {text.place} | {text.zh}<br>{text.en} |" for text in unseen()),
        "",
    ]


def _edition(row: dict[str, Any], conditions: list[dict[str, Any]], edition: Any) -> str:
    until = row["in_force_to"] or "…"
    number = f" {row['number']}" if row["number"] else ""
    lines = [
        f"### {row['title_zh']} {row['title_en']}\n",
        f"`{row['edition_id']}` · {row['in_force_from']} – {until} · 《{row['document']}》{number} · {row['issuer']}"
        f" · {CONFIDENCES[row['confidence']].bilingual}\n",
        *(f"> {note.zh} {note.en}\n" for note in edition.head.notes),
        "| 条件 condition | 要求 required | 条款 clause | 依据 confidence |",
        "|---|---|---|---|",
        *(_condition(condition) for condition in conditions),
        "",
    ]
    return "\n".join(lines)


def _condition(condition: dict[str, Any]) -> str:
    route = f"（{condition['route']}）" if condition["route"] else ""
    bounds = (("自", "from", condition["since"]), ("至", "until", condition["until"]))
    days = "".join(f"<br>{zh} {day} {en} {day}" for zh, en, day in bounds if day)
    cells = (
        f"{route}{condition['zh']}<br>{condition['en']}{days}",
        f"{condition['required_zh']}<br>{condition['required_en']}",
        condition["clause"],
        CONFIDENCES[condition["confidence"]].bilingual,
    )
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
