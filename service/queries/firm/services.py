"""Services that answer a firm, those it was given, and the playbook of its signals."""

from collections.abc import Mapping, Sequence
from typing import Any

from service.queries.firm.firm_lookup import find_firm
from service.queries.movers.movers import signals_of
from service.queries.release.provenance import facts_of_conditions
from service.queries.release.tables import require
from tiers.cultivation.playbooks import ANSWERING, Play, playbooks
from tiers.cultivation.services import Match, Pending, catalogue, ranked
from warehouse.casebook.book import Book
from warehouse.home import Home
from warehouse.release.releases import Published, Reader
from warehouse.rows import Row

_PENDING = """
    select evidence.edition_id, evidence.condition_id, evidence.zh, evidence.en, evidence.is_deciding, condition.metric
    from desk_firm__evidence as evidence
    inner join desk_ref_conditions as condition using (edition_id, condition_id)
    where evidence.firm_key = firm_key($1) and evidence.firm_id = $1 and not evidence.is_closed
        and evidence.outcome in ('not_met', 'unknown')
        and evidence.edition_id in (
            select verdict.edition_id from desk_firm__verdicts as verdict
            inner join desk_movers__firms as mover
                on verdict.firm_id = mover.firm_id and verdict.designation = mover.next_designation
            where verdict.firm_key = firm_key($1) and verdict.firm_id = $1 and verdict.is_selected
        )
    order by evidence.edition_id, condition.seq
"""
_OF_SIGNALS = """
    select evidence.edition_id, evidence.condition_id, evidence.zh, evidence.en, true as is_deciding, condition.metric
    from desk_firm__evidence as evidence
    inner join desk_ref_conditions as condition using (edition_id, condition_id)
    where evidence.firm_key = firm_key($1) and evidence.firm_id = $1 and not evidence.is_closed
        and list_contains($2::varchar[], evidence.edition_id || ' ' || evidence.condition_id)
    order by evidence.edition_id, condition.seq
"""
"""What can never be met again is not mended, whatever signal reports it."""


def whole_catalogue() -> list[Row]:
    """Rows of the catalogue in its order: id, titles, what it answers, provider."""
    return [_service(name) for name in catalogue().services]


def for_firm(home: Home, firm_words: str) -> list[Row]:
    """The services that answer a firm's signals and what it lacks for its next title, the best first.

    With each what it answers, in words, when it was last given and with what outcome; those without effect come last.
    """
    with Published(home).at_once() as release:
        firm = find_firm(release, firm_words)
        signals, pending, words = _situation(release, firm["firm_id"])
    given = given_to(home, firm["firm_id"])
    rows = [_matched(firm, match, words, given) for match in ranked([signal["signal"] for signal in signals], pending)]
    return sorted(rows, key=lambda row: not _is_worth_repeating(row["outcome"]))


def given_to(home: Home, firm_id: str | None = None) -> list[Row]:
    """A row a service given, the earliest first; of every firm where none is named."""
    from warehouse.casebook.folds.service import TABLE

    where = [] if firm_id is None else [TABLE.c.firm_id == firm_id]
    rows = Book(home).rows(TABLE, *where)
    return sorted(({**row, **_words_of(row)} for row in rows), key=lambda row: (row["given_on"], row["stream"]))


def given(home: Home, firm_words: str | None) -> list[Row]:
    """As ``given_to``, with the number of each and the name of the firm."""
    from warehouse.casebook.folds.service import GIVEN

    with Published(home).at_once() as release:
        firm_id = None if firm_words is None else find_firm(release, firm_words)["firm_id"]
        rows = given_to(home, firm_id)
        names = release.rows(
            "select firm_id, name from desk_firm where list_contains($1::varchar[], firm_id)",
            [[row["firm_id"] for row in rows]],
        )
    name_of = {row["firm_id"]: row["name"] for row in names}
    numbers = {event.stream: event.seq for event in Book(home).events(kinds=[GIVEN])}
    return [{**row, "seq": numbers[row["stream"]], "name": name_of.get(row["firm_id"], row["firm_id"])} for row in rows]


def playbook(home: Home, firm_words: str) -> list[Row]:
    """A row a step: for each signal of a firm, in the order of display, the usual next three with their services."""
    with Published(home).at_once() as release:
        firm = find_firm(release, firm_words)
        signals, pending, _ = _situation(release, firm["firm_id"])
    given = given_to(home, firm["firm_id"])
    return [
        {
            "firm_id": firm["firm_id"],
            "name": firm["name"],
            "signal": signal["signal"],
            "signal_zh": signal["signal_zh"],
            "signal_en": signal["signal_en"],
            "designation": signal["designation"],
            "reason_zh": signal["reason_zh"],
            "reason_en": signal["reason_en"],
            "step_no": number,
            "step_zh": play.zh,
            "step_en": play.en,
            "days": play.days,
            **_service_of(play, signal, pending, given),
        }
        for signal in signals
        for number, play in enumerate(playbooks()[signal["signal"]], 1)
    ]


def _situation(release: Reader, firm_id: str) -> tuple[list[Row], list[Pending], dict[str, Row]]:
    """The signals of a firm, what keeps it from its next title and what signals are about, and words by condition."""
    require(release, "desk_movers__signals")
    signals = signals_of(release, [firm_id]).get(firm_id, [])
    about = [f"{signal['edition_id']} {signal['condition_id']}" for signal in signals if signal["condition_id"]]
    rows = [*release.rows(_OF_SIGNALS, [firm_id, about]), *release.rows(_PENDING, [firm_id])]
    words = {_key(row): row for row in reversed(rows)}
    facts = facts_of_conditions(release)
    pending = [Pending(key, _metrics(row, facts), bool(row["is_deciding"])) for key, row in reversed(words.items())]
    return signals, pending, words


def _key(row: Mapping[str, Any]) -> str:
    return f"{row['edition_id']} {row['condition_id']}"


def _metrics(row: Row, facts: Mapping[tuple[str, str], Sequence[str]] | None) -> tuple[str, ...]:
    if row["metric"] is not None:
        return (row["metric"],)
    return tuple((facts or {}).get((row["edition_id"], row["condition_id"]), ()))


def _service(name: str) -> Row:
    service, providers = catalogue().services[name], catalogue().providers
    return {
        "service": name,
        "service_zh": service.zh,
        "service_en": service.en,
        "provider": service.provider,
        "provider_zh": providers[service.provider].zh,
        "provider_en": providers[service.provider].en,
        "signals": list(service.answers.signals),
        "metrics": list(service.answers.metrics),
        "evidence_zh": [paper.zh for paper in service.evidence],
        "evidence_en": [paper.en for paper in service.evidence],
        "closes_zh": service.closes.zh,
        "closes_en": service.closes.en,
        "document": service.basis.document,
        "confidence": service.basis.confidence,
    }


def _matched(firm: Row, match: Match, words: Mapping[str, Row], given: Sequence[Row]) -> Row:
    from tiers.movement.signals import movement

    names = [movement().signals[signal] for signal in match.signals]
    conditions = [words[entry.condition] for entry in match.conditions]
    return {
        "firm_id": firm["firm_id"],
        "name": firm["name"],
        **{key: value for key, value in _service(match.service).items() if key not in ("signals", "metrics")},
        "answers_zh": [*(row["zh"] for row in conditions), *(signal.zh for signal in names)],
        "answers_en": [*(row["en"] for row in conditions), *(signal.en for signal in names)],
        "signals": list(match.signals),
        "conditions": [{"edition_id": row["edition_id"], "condition_id": row["condition_id"]} for row in conditions],
        **_before(match.service, given),
    }


def _before(service: str, given: Sequence[Row]) -> Row:
    """When a service was last given to the firm, and its outcome."""
    own = [row for row in given if row["service"] == service]
    last: Row = own[-1] if own else {}
    return {
        "given_on": last.get("given_on"),
        "outcome": last.get("outcome"),
        "outcome_zh": last.get("outcome_zh"),
        "outcome_en": last.get("outcome_en"),
    }


def _is_worth_repeating(outcome: str | None) -> bool:
    known = catalogue().outcomes
    return outcome not in known or known[outcome].is_worth_repeating


def _words_of(row: Row) -> Row:
    service, outcome = catalogue().services.get(row["service"]), catalogue().outcomes.get(row["outcome"] or "")
    return {
        "service_zh": service.zh if service else row["service"],
        "service_en": service.en if service else row["service"],
        "outcome_zh": outcome.zh if outcome else None,
        "outcome_en": outcome.en if outcome else None,
    }


def _service_of(play: Play, signal: Row, pending: Sequence[Pending], given: Sequence[Row]) -> Row:
    """The service of a step; where it is the answering one, the best for the condition of the signal, else for any."""
    name = play.service
    if name == ANSWERING:
        own = [entry for entry in pending if entry.condition == _key(signal)]
        matches = ranked([], own) if own else ranked([signal["signal"]], pending)
        names = [match.service for match in matches]
        names.sort(key=lambda service: not _is_worth_repeating(_before(service, given)["outcome"]))
        name = names[0] if names else None
    if name is None:
        return {"service": None, "service_zh": None, "service_en": None, **_before("", ())}
    service = catalogue().services[name]
    return {"service": name, "service_zh": service.zh, "service_en": service.en, **_before(name, given)}
