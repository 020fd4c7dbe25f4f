"""What the terminal shows of reports sent in and missed, self-evaluations, changes, tax years and losses of a firm."""

from collections.abc import Mapping
from typing import Any

from flows.terminal.language import Words, language, of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.sources import sources_text
from flows.terminal.table import console, table
from tiers.messages.verdict import show
from tiers.messages.wording import OUTCOMES
from tiers.schema.ladder import ladder

STATES = {
    "done": ("已按期报送", "in time"),
    "late": ("逾期报送", "late"),
    "missed": ("未报送", "not sent in"),
    "open": ("未到期", "not due yet"),
    "unknown": ("没有记录", "nothing known"),
}
CHOICES = {
    "standard": ("无优惠", "none"),
    "small": ("小型微利企业", "small firm"),
    "unknown": ("不明", "unclear"),
}
KINDS = {
    "general": ("一般企业", "general"),
    "manufacturing": ("制造业", "manufacturing"),
    "ic_machine": ("集成电路、工业母机", "chips, machine tools"),
}


def of_title(title: Mapping[str, Any]) -> None:
    """The reports, updates and changes of one title, as far as they were delivered."""
    if title["reports"]:
        _reports(title["reports"])
    if title["review"]:
        _review(title["review"])
    for change in title["changes"]:
        what = (
            text_of(change)
            if change["zh"]
            else OUTCOMES["unknown"].label(language()) + of_both("，缺 ", ", missing: ") + ", ".join(change["missing"])
        )
        year = f" {change['year']}" if change["year"] else ""
        console.print(styled("  {} {}: {}", change["changed_on"], change["change"], f"{what}{year}"))
        console.print(styled("    [dim]{}[/dim]", sources_text(change)))


def _reports(reports: Mapping[str, Any]) -> None:
    rows = [
        {
            **row,
            "state": of_both(*STATES[row["state"]]),
            "filed_on": row["filed_on"] or "",
            "source": sources_text(row),
        }
        for row in reports["reports"]
    ]
    table(rows, ("year", "due_on", "filed_on", "state", "source"), of_both("年度报表", "yearly reports"))
    ground = reports["is_ground_for_losing"]
    if ground:
        missed = "有效期内累计两年未报，可被取消资格", "two reports missed within one validity: a ground for losing it"
        console.print(f"  {of_both(*missed)}")
    elif ground is None:
        unsure = "报送记录不全，不能判定", "the record of reports is incomplete: not known whether two were missed"
        console.print(f"  {of_both(*unsure)}")


def _review(review: Mapping[str, Any]) -> None:
    is_due = review["status"] == "review_due"
    status = of_both("应复核", "due for review") if is_due else of_both("有效", "valid")
    console.print(f"  {status} · {of_both('复核', 'review by')} {review['review_by']}")
    for name, words in (
        ("late", ("逾期更新", "late")),
        ("missing", ("未更新", "missing")),
        ("unknown", ("没有记录", "nothing known")),
    ):
        if review[name]:
            console.print(f"  {of_both(*words)}: {', '.join(map(str, review[name]))}")


def of_firm(answer: Mapping[str, Any]) -> None:
    """Self-evaluations, tax years and losses, as far as they were delivered."""
    evaluations = [
        {
            **row,
            "source": sources_text(row),
            "counts": _yes(
                row["counts_for_last_year"],
                of_both("可用于上年汇缴", "counts for the year before"),
                of_both("不可", "does not"),
            ),
        }
        for row in answer["evaluations"]
    ]
    if evaluations:
        table(
            evaluations, ("year", "evaluated_on", "marker", "counts", "source"), of_both("自我评价", "self-evaluations")
        )
    if answer["tax_years"]:
        table(
            [_year(row) for row in answer["tax_years"]],
            ("year", "rate", "tax", "rd", "other", "source"),
            of_both("税年", "tax years"),
        )
    if answer["losses"]:
        rows = [
            {**row, "loss": show(row["loss"], "yuan", language()), "source": sources_text(row)}
            for row in answer["losses"]
        ]
        table(rows, ("year", "loss", "last_usable_year", "source"), of_both("亏损结转", "losses"))


def _yes(value: bool | None, yes: str, no: str) -> str:
    return OUTCOMES["unknown"].label(language()) if value is None else yes if value else no


def _year(row: Mapping[str, Any]) -> dict[str, Any]:
    rate, tax, rd, credit = row["certificate"], row["income_tax"], row["rd"], row["has_vat_extra_credit"]
    settled = "–" if rate is None else of_both("未定", "open") if rate["settled"] is None else f"{rate['settled']:.0%}"
    words = ""
    if tax:
        least = _named(tax["choice"], CHOICES)
        chosen = f"\n{of_both('所选', 'chosen')} {_named(tax['chosen'], CHOICES)}" if tax["chosen"] else ""
        words = f"{show(tax['tax'], 'yuan', language())} {least}{chosen}"
    extra = (
        ""
        if rd is None or rd["extra"] is None
        else f"\n{of_both('加计', 'extra')} {show(rd['extra'], 'yuan', language())}"
    )
    rates = (
        ""
        if rd is None
        else ", ".join(
            of_both(
                f"{part['from_month']} 月起 {part['percent']:g}%",
                f"{part['percent']:g}% from month {part['from_month']}",
            )
            for part in rd["rates"]
        )
    )
    return {
        "year": row["year"],
        "rate": settled,
        "tax": words,
        "rd": "" if rd is None else f"{_named(rd['kind'], KINDS)} {rates}{extra}",
        "other": f"{of_both('先进制造业加计抵减', 'VAT credit')}: {_credit(credit)}",
        "source": sources_text(row),
    }


def _named(key: str | None, words: Mapping[str, Words]) -> str:
    """A choice or kind in words; a designation by its name."""
    if key is None:
        return ""
    return of_both(*words[key]) if key in words else of_both(ladder()[key].zh, ladder()[key].en)


def _credit(answer: Mapping[str, Any]) -> str:
    if answer["status"] == "review":
        return of_both("须人工确认", "for people to confirm")
    return _yes(answer["value"], of_both("享受", "yes"), of_both("不享受", "no"))
