"""The lists of the rules: editions, the clauses of one, the firms that lack least, what differs from the one before."""

from collections.abc import Callable, Iterable

from dash_app import routing
from dash_app.downloads.listed import ListFile, as_written
from dash_app.pages.rules.cases import figures
from dash_app.rows import NewRow
from dash_app.session import Session
from dash_app.wording.loader import value_word, words_of
from service.queries.rules.rules import EditionFilters, RuleQueries
from service.reader import ReleaseQueries
from service.wording.rendering import show_gap

PAGE = "rules"
word = words_of("rules")
OUTCOMES = ("met", "judgement", "unknown", "not_met")
Ask = Callable[[RuleQueries, Session], Iterable[NewRow]]


def _listed(ask: Ask) -> ListFile:
    def rows(release: ReleaseQueries, session: Session) -> Iterable[NewRow]:
        return ask(release.rules(), session)

    return ListFile(routing.RULES.roles, PAGE, rows, as_written)


def _counted(counts: NewRow | None) -> NewRow:
    return {name: counts[name] if counts else None for name in OUTCOMES}


def _editions(rules: RuleQueries, session: Session) -> Iterable[NewRow]:
    for row in rules.editions(EditionFilters.of(session.address)):
        yield {
            **row,
            **_counted(row["counts"]),
            "place_word": row["place_words"][session.lang],
            "state_word": value_word("edition_state", row["state"], session.lang),
            "confidence_word": value_word("confidence", row["confidence"], session.lang),
        }


def _clauses(rules: RuleQueries, session: Session) -> Iterable[NewRow]:
    edition = rules.edition(session.address.get("edition", ""))
    for row in edition["conditions"] if edition else []:
        counts = edition["answers"].get(row["condition_id"]) if edition else None
        confidence = value_word("confidence", row["confidence"], session.lang)
        yield {**row, **_counted(counts), "confidence_word": confidence}


def _nearest(rules: RuleQueries, session: Session) -> Iterable[NewRow]:
    name = session.address.get("edition", "")
    edition = rules.edition(name)
    names = {row["condition_id"]: row[session.lang] for row in edition["conditions"]} if edition else {}
    for row in rules.nearest(name):
        gap = show_gap(row["deciding_gap"], row["gap_unit"], session.lang)
        yield {**row, "lacks": names.get(row["deciding_condition"], row["deciding_condition"]), "gap": gap}


def _differences(rules: RuleQueries, session: Session) -> Iterable[NewRow]:
    edition, lang = rules.edition(session.address.get("edition", "")), session.lang
    for row in edition["differences"] if edition else []:
        before, after = (row[side] or {} for side in ("before", "after"))
        yield {
            "change": value_word("rule_change", row["change"], lang),
            "condition": (after or before)[lang],
            "before_it": before.get(f"required_{lang}"),
            "in_this": after.get(f"required_{lang}"),
        }


def _cases(rules: RuleQueries, session: Session) -> Iterable[NewRow]:
    name, lang = session.address.get("edition", ""), session.lang
    edition = rules.edition(name)
    named = {row["condition_id"]: row for row in edition["conditions"]} if edition else {}
    for row in rules.cases(name)["rows"] if edition else []:
        condition = named.get(row["condition_id"])
        yield {
            "clause": condition["clause"] if condition else None,
            "condition": condition[lang] if condition else word("whole_edition", lang),
            "case": row["id"] or "–",
            "day": row["day"],
            "figures": figures(row["figures"], lang),
            "result": value_word("outcome", row["outcome"], lang),
        }


LISTS = {
    "rule-editions": _listed(_editions),
    "rule-clauses": _listed(_clauses),
    "rule-cases": _listed(_cases),
    "rule-nearest": _listed(_nearest),
    "rule-differences": _listed(_differences),
}
