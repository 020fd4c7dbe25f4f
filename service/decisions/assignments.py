"""Who owns a firm: assigned by hand or by rule, handed over with what is open, acted for during a leave."""

from dataclasses import dataclass
from datetime import date

from service.decisions.assignment_rules import Rule, rule_for, rules_of
from service.decisions.case_events import append, require_text
from service.decisions.firms import firm_id_of, is_seen
from service.decisions.signed import Signed
from service.queries.cases.owners import living_firms, without_owner
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft, Event
from warehouse.casebook.folds import assignment, leave
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.rows import Row

OWNERS = assignment.TABLE.c


@dataclass(frozen=True)
class Officers:
    """The owner of a firm and the deputy, who is another person."""

    owner: str
    deputy: str | None = None

    def checked(self) -> "Officers":
        """The same without blanks; raises ``BadInput`` for no owner, or one who is the own deputy."""
        owner = require_text(self.owner, "负责人", "the owner")
        deputy = (self.deputy or "").strip() or None
        if deputy == owner:
            raise BadInput(f"副手应为另一人：{owner}", f"the deputy is another person than the owner, {owner}")
        return Officers(owner, deputy)


def assign(home: Home, firm: str, officers: Officers, signed: Signed) -> Event:
    """Give a firm to an owner; raises ``BadInput`` for an unknown firm, ``Conflict`` where another did meanwhile."""
    firm_id, chosen = firm_id_of(home, firm), officers.checked()
    return append(Book(home), [_made(firm_id, chosen, signed, version=signed.version)], signed)[0]


def assign_by_rule(home: Home, firm: str, signed: Signed) -> Event:
    """Give a firm to whom the rules of the home name; raises ``BadInput`` where no rule fits."""
    firm_id, rules = firm_id_of(home, firm), rules_of(home)
    row = next((row for row in living_firms(home) if row["firm_id"] == firm_id), None)
    rule = rule_for(rules, row) if row else None
    if rule is None:
        raise BadInput(f"没有适用于 {firm_id} 的分派规则", f"no rule of assignment fits {firm_id}")
    return append(Book(home), [_by(rule, firm_id, signed)], signed)[0]


def assign_all_by_rule(home: Home, signed: Signed) -> list[Event]:
    """Give every firm without an owner to whom the rules name; a firm that none fits stays without."""
    rules = rules_of(home)
    ruled = [(row["firm_id"], rule_for(rules, row)) for row in without_owner(home)]
    return append(Book(home), [_by(rule, firm_id, signed) for firm_id, rule in ruled if rule], signed)


def hand_over(home: Home, former: str, officers: Officers, signed: Signed, *, firm: str | None = None) -> list[Event]:
    """Give one or all firms of an owner to another, in one transaction; what is open stays with the firms.

    Raises ``BadInput`` where the former owner has none, ``Conflict`` where a firm of theirs changed hands meanwhile.
    """
    chosen = officers.checked()
    rows = [row for row in Book(home).rows(assignment.TABLE, OWNERS.owner == former.strip()) if _is_seen(home, row)]
    if firm is not None:
        firm_id = firm_id_of(home, firm)
        rows = [row for row in rows if row["firm_id"] == firm_id]
    if chosen.owner == former.strip() or not rows:
        raise BadInput(f"{former} 名下没有可移交的企业", f"{former} owns no firm that could be handed over")
    return append(Book(home), [_handed_over(row, chosen, signed) for row in rows], signed)


def end(home: Home, firm: str, signed: Signed) -> Event:
    """Leave a firm without an owner; raises ``BadInput`` where it has none."""
    firm_id = firm_id_of(home, firm)
    rows = Book(home).rows(assignment.TABLE, OWNERS.firm_id == firm_id)
    if not rows:
        raise BadInput(f"{firm} 没有负责人", f"{firm} has no owner")
    version = rows[0]["version"] if signed.version is None else signed.version
    content = {"firm": firm_id, "former_owner": rows[0]["owner"]}
    draft = Draft(rows[0]["stream"], assignment.ENDED, content, signed.why, version, signed.request)
    return append(Book(home), [draft], signed)[0]


def take_leave(home: Home, officer: str, first_on: date, last_on: date, deputy: str, signed: Signed) -> Event:
    """An officer is away from a day to a day, and another acts; raises ``BadInput`` for a period that ends first."""
    officers = Officers(officer, require_text(deputy, "代理人", "who acts meanwhile")).checked()
    if last_on < first_on:
        raise BadInput(f"休假止日 {last_on} 早于起日 {first_on}", f"the leave ends on {last_on}, before it begins")
    days = {"first_on": first_on.isoformat(), "last_on": last_on.isoformat()}
    content = {"officer": officers.owner, "deputy": officers.deputy, **days, "firms": _worked_on(home, officers.owner)}
    draft = Draft(f"{leave.PREFIX}{officers.owner}", leave.TAKEN, content, signed.why, signed.version, signed.request)
    return append(Book(home), [draft], signed)[0]


def end_leave(home: Home, officer: str, last_on: date, signed: Signed) -> Event:
    """End the leave that holds on the day after ``last_on``, or is to come, with that day.

    Before its first day it is taken back. Raises ``BadInput`` where the officer has no leave then.
    """
    name, day = require_text(officer, "谁休假", "who is away"), last_on.isoformat()
    rows = Book(home).rows(leave.TABLE, leave.TABLE.c.officer == name)
    periods = [period for row in rows for period in row["periods"] if period["last_on"] > day]
    if not periods:
        raise BadInput(f"{name} 在 {day} 之后没有休假", f"{name} is not on leave after {day}")
    period = min(periods, key=lambda period: str(period["first_on"]))
    content = {"officer": name, "taken": period["seq"], "last_on": day, "firms": _worked_on(home, name)}
    version = rows[0]["version"] if signed.version is None else signed.version
    draft = Draft(rows[0]["stream"], leave.ENDED, content, signed.why, version, signed.request)
    return append(Book(home), [draft], signed)[0]


def _is_seen(home: Home, row: Row) -> bool:
    return is_seen(home, row["firm_id"])


def _worked_on(home: Home, officer: str) -> list[str]:
    """The firms for which another officer may act once an officer is away: the next run computes them anew."""
    book = Book(home)
    replaced = [
        row["officer"] for row in book.rows(leave.TABLE) if officer in {period["deputy"] for period in row["periods"]}
    ]
    officers = (officer, *replaced)
    rows = book.rows(assignment.TABLE, OWNERS.owner.in_(officers) | OWNERS.deputy.in_(officers))
    return sorted(row["firm_id"] for row in rows)


def _by(rule: Rule, firm_id: str, signed: Signed) -> Draft:
    return _made(firm_id, Officers(rule.owner, rule.deputy), signed, rule=rule.id, why=rule.because)


def _made(
    firm_id: str,
    officers: Officers,
    signed: Signed,
    *,
    version: int | None = None,
    rule: str | None = None,
    why: str | None = None,
) -> Draft:
    content = {
        "firm": firm_id,
        "owner": officers.owner,
        "deputy": officers.deputy,
        "rule": rule,
        "since": signed.today.isoformat(),
    }
    return Draft(f"{assignment.PREFIX}{firm_id}", assignment.MADE, content, why or signed.why, version, signed.request)


def _handed_over(row: Row, officers: Officers, signed: Signed) -> Draft:
    content = {
        "firm": row["firm_id"],
        "owner": officers.owner,
        "deputy": officers.deputy,
        "former_owner": row["owner"],
        "since": signed.today.isoformat(),
    }
    return Draft(row["stream"], assignment.HANDED_OVER, content, signed.why, row["version"], signed.request)
