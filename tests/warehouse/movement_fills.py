"""What is put in for a firm of a test of movement; each returns a function that fills the firm's rows."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from movement_rows import DAY, PREVIOUS, Firm

Fill = Callable[[Firm], Any]


def position(**kwargs: Any) -> Fill:
    return lambda firm: firm.exists(**kwargs)


def known_not_met(firm: Firm) -> None:
    firm.exists(met_before="hnte")
    firm.verdict()
    firm.verdict(day=PREVIOUS, outcome="met")


def granted(on: str) -> Fill:
    return lambda firm: firm.exists(held="hnte").listed("granted", on)


def near(gap: float, pace: tuple[float | None, ...] = (18,), **verdict: Any) -> Fill:
    """Short by ``gap`` points of 60, and in earlier years by ``pace``."""

    def fill(firm: Firm) -> None:
        firm.exists()
        firm.verdict(**{"deciding_gap": gap, **verdict})
        firm.finding(60 - gap)
        firm.earlier(*pace)

    return fill


def ending(days: int) -> Fill:
    return lambda firm: firm.exists().holds("hnte", valid_to=DAY + timedelta(days))


def held(outcome: str, value: float) -> Fill:
    def fill(firm: Firm) -> None:
        firm.exists(held="hnte", before="hnte")
        firm.verdict(outcome=outcome, deciding_gap=60 - value if outcome == "not_met" else None)
        firm.finding(value)

    return fill


def falling(value: float, *margins: float | None) -> Fill:
    def fill(firm: Firm) -> None:
        held("met", value)(firm)
        firm.margins(*margins)

    return fill


def eligible(applied: date | None = None, event: str = "notice") -> Fill:
    def fill(firm: Firm) -> None:
        firm.exists()
        for day in (DAY, PREVIOUS):
            firm.verdict(day=day, outcome="judgement", deciding_gap=None)
        if applied:
            firm.listed(event, applied)

    return fill


def nominated(firm: Firm) -> None:
    """Of an edition without figures, which leaves every firm to judgement."""
    firm.exists(held="hnte", before="hnte")
    for day in (DAY, PREVIOUS):
        firm.verdict("gazelle", day, edition_id="gazelle/CN-4403/2025", outcome="judgement", deciding_gap=None)


def filed(is_filed: bool) -> Fill:
    """The self-evaluation of the year is known to have been sent in, or not."""

    def fill(firm: Firm) -> None:
        eligible()(firm)
        filing = {"designation": "hnte", "filing": "self_evaluation", "year": 2026, "is_not_filed": not is_filed}
        firm.put("core_firm__filings", **filing, filed_on=date(2026, 4, 1) if is_filed else None)

    return fill


def newly(outcome: str, gap: float | None) -> Fill:
    def fill(firm: Firm) -> None:
        firm.exists()
        firm.verdict(outcome="judgement", deciding_gap=None)
        firm.verdict(day=PREVIOUS, outcome=outcome, deciding_gap=gap)
        firm.finding(70)

    return fill


def newly_by_another_way(firm: Firm) -> None:
    """What it lacked a year before it lacks still, and another condition decides."""
    firm.exists()
    firm.verdict(outcome="met", deciding_condition="owns_ip", deciding_gap=None)
    firm.verdict(day=PREVIOUS, deciding_gap=12.0)
    firm.finding(54)


def within_a_window(firm: Firm) -> None:
    firm.exists().verdict(outcome="met", deciding_gap=None)
    for closes_on in (date(2026, 9, 24), date(2026, 7, 17)):
        firm.put("core_firm__windows", duty="hnte.window", period=str(closes_on), due_on=closes_on)


def missing(*facts: str) -> Fill:
    def fill(firm: Firm) -> None:
        firm.exists()
        firm.verdict(outcome="unknown", missing_fact=facts[0], deciding_gap=None)
        firm.finding(None)
        for fact in facts:
            firm.put("core_tiers__missing", designation="hnte", fact=fact)

    return fill


def revenue(*years: int) -> Fill:
    def fill(firm: Firm) -> None:
        firm.exists()
        figures = ", ".join(f"revenue_fen_y{ago} = {value}" for ago, value in enumerate(years))
        firm.build.execute(f"update core_firm__facts set {figures} where firm_id = $1", [firm.firm_id])

    return fill


def reports(last: int, waiting: bool = False) -> Fill:
    def fill(firm: Firm) -> None:
        firm.exists().put("core_firm__yearly", year=last)
        if waiting:
            row = f"'{firm.firm_id}' as delivery_id, 4 as row_no, 's' as sheet"
            firm.build.execute(f"insert into raw_zone__yearly by name select {row}, '2025' as year")
            firm.build.execute(f"insert into quarantine by name select {row}, '{firm.firm_id}' as uscc")

    return fill


def step(**verdict: Any) -> Fill:
    return lambda firm: firm.exists().verdict(**verdict)
