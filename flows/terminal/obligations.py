"""What the terminal shows of the titles a firm holds: days, tax year, duties by their day, and what ends each."""

from collections.abc import Mapping
from typing import Any

from flows.terminal.filings import of_firm, of_title
from flows.terminal.firm import status
from flows.terminal.language import language
from flows.terminal.markup import styled
from flows.terminal.table import console, table
from service.queries.obligations import held_words
from tiers.messages.wording import CONFIDENCES


def duties(answer: Mapping[str, Any]) -> None:
    """One block a title."""
    firm = answer["firm"]
    console.print(styled("\n[bold]{}[/bold]  {}  {}", firm["name"], firm["firm_id"], answer["day"]))
    status(firm, answer["day"])
    if answer["is_older_release"]:
        console.print(
            "  本期由较早版本生成，没有到期表；重新运行 tidu run 后可见义务"
            " this release is older and has no table of duties: run tidu run again"
        )
    if not answer["titles"]:
        console.print("  未持有任何称号 holds no title")
    for title in answer["titles"]:
        console.print(
            styled(
                "\n[bold]{}[/bold]  {}  {}",
                held_words(title, language()),
                title["certificate_no"] or "",
                title["source"],
            )
        )
        if title["tax_year"]:
            _tax_year(title["tax_year"])
        rows = [
            {"due_on": _when(duty), "zh": f"{duty['zh']}\n{duty['en']}", "clause": _cited(duty)}
            for duty in title["duties"]
        ]
        table(rows, ("due_on", "zh", "clause"), "义务 duties")
        ends = [
            {
                "zh": f"{ending['zh']}\n{ending['en']}",
                "effect": f"{ending['effect_zh']}\n{ending['effect_en']}",
                "clause": _cited(ending),
            }
            for ending in title["ends"]
        ]
        table(ends, ("zh", "effect", "clause"), "终止 what ends it")
        of_title(title)
    of_firm(answer)


def _when(duty: Mapping[str, Any]) -> str:
    if duty["due_on"]:
        return str(duty["due_on"])
    return f"变化后 {duty['months']} 个月内 within {duty['months']} months"


def _cited(obligation: Mapping[str, Any]) -> str:
    return f"{obligation['document']} {obligation['clause']}（{CONFIDENCES[obligation['confidence']].bilingual}）"


def _tax_year(year: Mapping[str, Any]) -> None:
    settled_rate = "未定 open" if year["settled"] is None else f"{year['settled']:.0%}"
    losses = "计入 yes" if year["counts_for_losses"] else "不计入 no"
    console.print(
        f"  {year['year']} 税年 tax year：预缴 prepaid {year['prepaid']:.0%} · 汇缴 settled {settled_rate}"
        f" · 亏损结转资格年度 counts for losses {losses}"
    )
    for reason in year["reasons"]:
        console.print(f"    {reason['zh']} {reason['en']}")
