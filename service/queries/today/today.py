"""The blocks of the page of today, each a query over the views of a desk: rows up to a ceiling, and a total."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from service.queries.release.records import Listed
from service.queries.today.today_rules import Question, today_rules
from tiers.messages.due_steps import with_steps
from tiers.schema.facts import label, vocabulary
from warehouse.models.working_days import is_known, left
from warehouse.release.releases import Reader
from warehouse.rows import Row

_GIVEN = """
    with asked as (
        select unnest($1::varchar[]) as signal, unnest($2::integer[]) as seq, unnest($3::integer[]) as at_most
    )
    select given.firm_id, firm.name, firm.acting, firm.next_zh, firm.next_en, firm.held_rank,
        given.signal, given.signal_zh, given.signal_en, given.designation, given.designation_zh, given.designation_en,
        given.condition_zh, given.condition_en, given.missing_fact, given.due_on, given.reason_zh, given.reason_en,
        kind.do_zh, kind.do_en,
        count(*) over (partition by given.signal) as total
    from desk_movers__signals as given
    inner join asked on given.signal = asked.signal
    inner join desk_ref_signals as kind on given.signal = kind.signal
    inner join desk_movers__firms as firm on given.firm_id = firm.firm_id
    where $4::varchar[] is null or list_contains($4::varchar[], given.firm_id)
    qualify row_number() over (
        partition by given.signal
        order by
            list_contains($5::varchar[], given.firm_id), given.due_on < $6, given.due_on nulls last,
            firm.held_rank desc nulls last, given.firm_id, given.designation
    ) <= asked.at_most
    order by
        asked.seq, list_contains($5::varchar[], given.firm_id), given.due_on < $6, given.due_on nulls last,
        firm.held_rank desc nulls last, given.firm_id, given.designation
"""
_DUE = """
    select * exclude (firm_key), count(*) over () as total
    from desk_firm__due
    where state = 'open' and owner = $1 and due_on >= $2 and start_by <= $3
        and ($4::varchar[] is null or list_contains($4::varchar[], firm_id))
    order by list_contains($5::varchar[], firm_id), start_by, due_on, firm_id, duty, period
    limit $6
"""
_MOVED = """
    select firm_id, name, acting, change, change_zh, change_en, held_zh, held_en, met_zh, met_en,
        from_held_zh, from_held_en, from_met_zh, from_met_en, next_zh, next_en, count(*) over () as total
    from desk_movers__firms
    where change in ('up', 'back', 'down', 'gone') and ($1::varchar[] is null or list_contains($1::varchar[], firm_id))
    order by list_contains(['down', 'gone'], change) desc, held_rank desc nulls last, firm_id
    limit $2
"""
MOVED_AT_MOST = 6


@dataclass(frozen=True)
class Whose:
    """Of which firms: ``firms`` None for all of the scope; ``seen_to`` were contacted and have a day to come."""

    today: date
    firms: Sequence[str] | None = None
    seen_to: Collection[str] = field(default=())


def signals(release: Reader, whose: Whose, wanted: Mapping[str, int]) -> dict[str, Listed]:
    """Rows by signal, each up to its ceiling in ``wanted``; firms that were seen to come last."""
    names = list(wanted)
    ceilings, seen_to = [wanted[name] for name in names], sorted(whose.seen_to)
    values = [names, list(range(len(names))), ceilings, _firms(whose), seen_to, whose.today]
    rows = release.rows(_GIVEN, values)
    return {name: _listed([row for row in rows if row["signal"] == name]) for name in names}


def wanted_signals(blocks: Collection[str]) -> dict[str, int]:
    """The ceilings of the signals that blocks and the telephone list need."""
    rules = today_rules()
    wanted = {question.signal: rules.calls.at_most for question in rules.calls.questions}
    for name in blocks:
        for signal in rules.blocks[name].signals:
            wanted[signal] = max(wanted.get(signal, 0), rules.blocks[name].at_most)
    return wanted


def calls(given: Mapping[str, Listed], at_most: int | None = None) -> dict[str, Listed]:
    """The telephone list by signal up to its ceiling: each row with ``question_zh`` and ``question_en``."""
    rules = today_rules().calls
    most = rules.at_most if at_most is None else at_most
    return {
        question.signal: Listed(
            [{**row, **_asked(question, row)} for row in given[question.signal].rows[:most]],
            given[question.signal].total,
        )
        for question in rules.questions
    }


def _asked(question: Question, row: Row) -> Row:
    return {f"question_{lang}": _template(question, row, lang).format(**_words(row, lang)) for lang in ("zh", "en")}


def _template(question: Question, row: Row, lang: str) -> str:
    fact = vocabulary().get(str(row["missing_fact"]))
    is_bool = fact is not None and fact.type == "bool"
    return (is_bool and getattr(question, f"bool_{lang}")) or str(getattr(question, lang))


def _words(row: Row, lang: str) -> dict[str, str]:
    missing = label(row["missing_fact"], lang) if row["missing_fact"] else ""
    names = {name: row[f"{name}_{lang}"] or "" for name in ("designation", "condition")}
    return {**names, "missing": missing, "due_on": str(row["due_on"] or "–")}


def due(release: Reader, whose: Whose, owner: str) -> Listed:
    """What is due and to be started soon, first what is to be started first, with working days left to both days."""
    rules = today_rules().due
    until = whose.today + timedelta(days=rules.start_within_days)
    values = [owner, whose.today, until, _firms(whose), sorted(whose.seen_to), rules.at_most]
    place = str(release.rows("select place from desk_run__summary")[0]["place"])
    return _listed([_planned(place, whose.today, row) for row in with_steps(release.rows(_DUE, values))])


def _planned(place: str, today: date, row: Row) -> Row:
    return {
        **row,
        "days_left": left(place, today, row["due_on"]),
        "start_left": left(place, today, row["start_by"]),
        "is_calendar_known": is_known(place, row["due_on"]),
    }


def moved(release: Reader, whose: Whose) -> Listed:
    """Firms whose position changed against the day compared with: for a user who has looked at no release before."""
    return _listed(release.rows(_MOVED, [_firms(whose), MOVED_AT_MOST]))


def _firms(whose: Whose) -> list[str] | None:
    return None if whose.firms is None else sorted(whose.firms)


def _listed(rows: list[Row]) -> Listed:
    return Listed(rows, int(rows[0]["total"]) if rows else 0)
