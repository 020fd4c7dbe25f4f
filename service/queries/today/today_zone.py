"""The page of today for a whole scope: six figures, targets, firms with an ask, and what data wait for."""

from datetime import date

from service.queries.release.records import Listed
from service.queries.release.tables import has_view
from service.queries.today.today_rules import today_rules
from tiers.messages.late_feed import with_reasons
from warehouse.release.releases import Reader
from warehouse.rows import Row

FIGURES = {
    "held": {"held": "any"},
    "gained": {"change": "up,back"},
    "lost": {"change": "down,gone"},
    "renewing": {"signal": "title_ending"},
    "not_applied": {"signal": "eligible_not_applied"},
    "at_risk": {"signal": "name_without_substance,margin_thin"},
}
"""The six figures, each with the filters of the list of movers that counts the same firms."""

_FIGURES = """
    with given as (
        select
            count(distinct firm_id) filter (signal = 'title_ending') as renewing,
            count(distinct firm_id) filter (signal = 'eligible_not_applied') as not_applied,
            count(distinct firm_id) filter (signal in ('name_without_substance', 'margin_thin')) as at_risk
        from desk_movers__signals
    )
    select
        count(*) filter (len(titles) > 0) as held,
        count(*) filter (change in ('up', 'back')) as gained,
        count(*) filter (change in ('down', 'gone')) as lost,
        any_value(given.renewing) as renewing,
        any_value(given.not_applied) as not_applied,
        any_value(given.at_risk) as at_risk
    from desk_movers__firms, given
"""
_GAPS = """
    select zone, measure, zh, en, year, due_on, unit, target, low, expected, high, firms, without_odds
    from desk_today__bridge
    where bar = 'total' and not is_beyond_horizon
    order by target - expected desc, measure, year
"""
_ASKED = """
    with asked as (select unnest($1::varchar[]) as signal, unnest($2::integer[]) as seq),
    firsts as (
        select given.firm_id, given.signal, given.signal_zh, given.signal_en, given.designation, given.due_on,
            given.reason_zh, given.reason_en, asked.seq, designation.rank
        from desk_movers__signals as given
        inner join asked on given.signal = asked.signal
        inner join desk_ref_designations as designation on given.designation = designation.designation
        qualify row_number() over (
            partition by given.firm_id order by asked.seq, designation.rank desc nulls last, given.designation
        ) = 1
    )
    select given.*, firm.name, firm.acting, firm.held_zh, firm.held_en
    from firsts as given
    inner join desk_movers__firms as firm on given.firm_id = firm.firm_id
    qualify row_number() over (
        partition by given.signal
        order by given.due_on < $5, given.rank desc nulls last, firm.held_rank desc nulls last, given.due_on nulls last,
            given.firm_id
    ) <= $3
    order by given.seq, given.due_on < $5, given.rank desc nulls last, given.due_on nulls last, given.firm_id
    limit $4
"""
_WAITING = """
    select feed.feed, feed.zh, feed.en, feed.publisher_zh, feed.publisher_en,
        count(distinct (row.delivery_id, row.sheet, row.row_no)) as rows_waiting
    from desk_today__quarantine as row inner join desk_today__late_feeds as feed on row.feed = feed.feed
    where row.severity in ('reject', 'quarantine', 'hold') and row.decision is null
    group by all order by rows_waiting desc, feed.feed
"""
_NAMES = """
    select match_method, count(*) as names from desk_today__names where firm_id is null
    group by match_method order by match_method
"""
_LATE = """
    select feed, zh, en, publisher_zh, publisher_en, state, covered_until, expected_by, late_after, days_late,
        designations, designations_zh, designations_en, firms_undecided
    from desk_today__late_feeds where state = 'late' order by days_late desc, feed
"""
_GATE = "select cause, zh, en, changed_firms, firms_from, share_max, is_over, why_zh, why_en from desk_today__gate"


def figures(release: Reader) -> dict[str, int]:
    """The six figures of the scope, by the names of ``FIGURES``."""
    (row,) = release.rows(_FIGURES)
    return {name: int(row[name] or 0) for name in FIGURES}


def gaps(release: Reader) -> list[Row]:
    """The targets that the odds reach: how many are expected, and what is missing, the largest gap first."""
    rows = release.rows(_GAPS) if has_view(release, "desk_today__bridge") else []
    return [{**row, "missing": max(row["target"] - row["expected"], 0)} for row in rows]


def asked(release: Reader, today: date) -> list[Row]:
    """Firms that need the director, each once, with a sentence and what to do."""
    rules = today_rules().asks
    names = [ask.signal for ask in rules.signals]
    words = {ask.signal: ask for ask in rules.signals}
    rows = release.rows(_ASKED, [names, list(range(len(names))), rules.a_kind, rules.at_most, today])
    return [{**row, "ask_zh": words[row["signal"]].zh, "ask_en": words[row["signal"]].en} for row in rows]


def quarantine(release: Reader) -> Listed:
    """Findings that wait for a decision, by feed."""
    return _counted(release.rows(_WAITING), "rows_waiting")


def names(release: Reader) -> Listed:
    """Names of delivered rows that are joined to no firm, by why not."""
    return _counted(release.rows(_NAMES), "names")


def late_feeds(release: Reader) -> Listed:
    """Feeds past their grace, the longest first."""
    rows = with_reasons(release.rows(_LATE)) if has_view(release, "desk_today__late_feeds") else []
    return Listed(rows, len(rows))


def gate(release: Reader) -> list[Row]:
    """By cause: the firms that changed since the release before, and the limit; empty where nothing was compared."""
    return release.rows(_GATE) if has_view(release, "desk_today__gate") else []


def _counted(rows: list[Row], name: str) -> Listed:
    return Listed(rows, sum(int(row[name]) for row in rows))
