"""What the terminal shows of the titles a firm holds: days, tax year, duties by their day, and what ends each."""

from collections.abc import Mapping
from typing import Any

from flows.terminal.filings import of_firm, of_title
from flows.terminal.firm import status
from flows.terminal.language import language, of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.sources import sources_text
from flows.terminal.table import console, table
from service.queries.firm.obligations import held_words
from tiers.messages.counted import counted
from tiers.messages.wording import CONFIDENCES


def duties(answer: Mapping[str, Any]) -> None:
    """One block a title."""
    firm = answer["firm"]
    console.print(styled("\n[bold]{}[/bold]  {}  {}", firm["name"], firm["firm_id"], answer["day"]))
    status(firm, answer["day"])
    if answer["is_older_release"]:
        older = (
            "本期由较早版本生成，没有到期表；重新运行 tidu run 后可见义务",
            "an older release without duties: tidu run again",
        )
        console.print(f"  {of_both(*older)}")
    if not answer["titles"]:
        console.print("  " + of_both("未持有任何称号", "holds no title"))
    for title in answer["titles"]:
        console.print(
            styled(
                "\n[bold]{}[/bold]  {}  {}",
                held_words(title, language()),
                title["certificate_no"] or "",
                sources_text(title),
            )
        )
        if title["tax_year"]:
            _tax_year(title["tax_year"])
        rows = [{"due_on": _when(duty), "duty": text_of(duty), "clause": _cited(duty)} for duty in title["duties"]]
        table(rows, ("due_on", "duty", "clause"), of_both("义务", "duties"))
        ends = [
            {"ending": text_of(ending), "effect": text_of(ending, "effect"), "clause": _cited(ending)}
            for ending in title["ends"]
        ]
        table(ends, ("ending", "effect", "clause"), of_both("终止", "what ends it"))
        of_title(title)
    of_firm(answer)


def _when(duty: Mapping[str, Any]) -> str:
    if duty["due_on"]:
        return str(duty["due_on"])
    return of_both(f"变化后 {duty['months']} 个月内", f"within {counted(duty['months'], 'month', 'months')}")


def _cited(obligation: Mapping[str, Any]) -> str:
    confidence = CONFIDENCES[obligation["confidence"]].label(language())
    return f"{obligation['document']} {obligation['clause']} ({confidence})"


def _tax_year(year: Mapping[str, Any]) -> None:
    settled_rate = of_both("未定", "open") if year["settled"] is None else f"{year['settled']:.0%}"
    losses = of_both("计入", "yes") if year["counts_for_losses"] else of_both("不计入", "no")
    console.print(
        of_both(
            f"  {year['year']} 税年：预缴 {year['prepaid']:.0%} · 汇缴 {settled_rate} · 亏损结转资格年度 {losses}",
            f"  tax year {year['year']}: prepaid {year['prepaid']:.0%} · settled {settled_rate}"
            f" · counts for losses {losses}",
        )
    )
    for reason in year["reasons"]:
        console.print(f"    {text_of(reason)}")
