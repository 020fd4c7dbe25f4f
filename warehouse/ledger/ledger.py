"""Writes ``position_change``: the followed titles that a firm holds or meets now and not before, or the reverse.

A firm whose position changed is evaluated again with one thing more of the present each time. What a step adds or takes
away is the part of its cause, so the parts add up to the change:

    published    as the earlier release, or this one for its earlier day, has it
    corrected    by the text that the software has today for the rules of the earlier day      rule
    identified   records joined to firms as today                                              identity
    known        what is known today about the earlier day                                     data
    grown        what the firm is on the day of today, by the rules of the earlier day         firm
    now          by the rules of today: this release                                           rule

A step without anything to change (the same rules, no record joined anew) is not evaluated.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from tiers import Rulebook, load_rulebook
from warehouse.database.build import Build
from warehouse.database.memory import beside_frames
from warehouse.database.touched import Touched
from warehouse.ledger import facts, positions
from warehouse.ledger.comparison import DAYS, FIRST, OLDER, RELEASES, Comparison, create_tables, not_compared, record
from warehouse.ledger.ends import BEFORE, Among, Ends, State, compared
from warehouse.ledger.rules import Rules, corrected

HERE = Path(__file__).parent
STATES = ("published", "corrected", "identified", "known", "grown", "now")
NEEDED = frozenset(
    {
        "core_firm",
        "core_firm__facts",
        "core_firm__held",
        "core_firm__sources",
        "core_firm__yearly",
        "core_mention__match",
    }
    | {
        "core_tiers__verdicts_wide",
        "deliveries",
        "quarantine",
        "ref_conditions",
        "ref_verdict_columns",
        "run",
        "statement",
    }
)
"""The tables of an earlier release that it is compared by."""


FIRMS_AT_ONCE = 25_000
"""Firms that are evaluated at once, as many as in ``classify``: memory does not grow with those that changed."""

FACTS = "core_firm__facts"

FOLLOWED = "select firm_id, firm_key(firm_id) as firm_key from followed_firm"
"""With the key, by which tables are sorted, so that only row groups between the least and the greatest are read."""


@dataclass(frozen=True)
class Change:
    """What evaluates some of the firms whose position changed, and those about which nothing new was received.

    ``states_of`` takes firms and gives their positions, a frame for each of ``STATES``.
    """

    states_of: Callable[[list[str]], Sequence[pl.DataFrame]]
    without_news: list[str] = field(default_factory=list)


def write(build: Build, before: Path | None, touched: Touched | None = None) -> None:
    """Compare a build that is evaluated with the release before it, and its own two days with each other.

    Only the firms ``touched`` can have changed since the release that the build was copied from.
    """
    ((day, previous_day, place),) = build.tuples("select day, previous_day, place from parameter")
    book = load_rulebook()
    create_tables(build, touched)
    if before is None:
        _compare_days(build, (previous_day, day, place), book)
        not_compared(build, FIRST, None)
        return
    build.attach(before, BEFORE)
    try:
        among = Among(build, touched.firms) if touched else None
        facts_of = touched.facts if touched else FACTS
        _compare_days(build, (previous_day, day, place), book, among, facts_of)
        _compare_releases(build, before, (day, place), book, among, facts_of)
    finally:
        build.execute(f"detach {BEFORE}")


def _compare_days(
    build: Build, own: tuple[date, date, str], book: Rulebook, among: Among | None = None, facts_of: str = FACTS
) -> None:
    previous_day, day, place = own
    comparison = Comparison(DAYS, None, previous_day, day, place, place)
    ends = _ends(build, State(previous_day), State(day), among)
    _put(build, comparison, ends, _between_days(build, comparison, ends, book, facts_of))


def _compare_releases(
    build: Build, before: Path, today: tuple[date, str], book: Rulebook, among: Among | None, facts_of: str
) -> None:
    if not build.tables(BEFORE) >= NEEDED:
        not_compared(build, OLDER, before.stem)
        return
    ((day, place),) = build.tuples(f"select day, place from {BEFORE}.run")  # noqa: S608 - our own name
    comparison = Comparison(RELEASES, before.stem, day, today[0], place, today[1])
    ends = _ends(build, State(day, BEFORE), State(today[0]), among)
    _put(build, comparison, ends, _between_releases(build, comparison, ends, book, facts_of))


def _ends(build: Build, then: State, now: State, among: Among | None) -> Ends:
    return compared(build, then, now) if among is None else among.compared(then, now)


def _between_days(build: Build, comparison: Comparison, ends: Ends, book: Rulebook, facts_of: str) -> Change:
    """One release on two days: neither its records nor its rows differ, so what remains is firm and rule."""
    rules = Rules.of(book, comparison.from_day, comparison.from_place)

    def states_of(firms: list[str]) -> Sequence[pl.DataFrame]:
        published, present = positions.of_firms(ends.then, firms), positions.of_firms(ends.now, firms)
        grown = _by_rules_of_then(build, comparison, rules, present, book, facts_of)
        return (*[published] * STATES.index("grown"), grown, present)

    return Change(states_of)


def _between_releases(build: Build, comparison: Comparison, ends: Ends, book: Rulebook, facts_of: str) -> Change:
    day, changed = comparison.from_day, ends.changed
    rules = Rules.of(book, day, comparison.from_place)
    corrected_names = corrected(build, rules)
    moved = set(build.column((HERE / "identity.sql").read_text("utf-8"))) if changed else set()

    def states_of(firms: list[str]) -> Sequence[pl.DataFrame]:
        published, present = positions.of_firms(ends.then, firms), positions.of_firms(ends.now, firms)
        by_text = _by_corrected_text(build, rules, published, corrected_names)
        identified = _with_joins_of_today(build, rules, by_text, [firm for firm in firms if firm in moved])
        rows, titles = facts.with_data_of_today(build, pl.DataFrame({"firm_id": firms}), day, comparison.to_day)
        known = positions.of_firms(_position(rules, rows, titles, day), firms)
        grown = _by_rules_of_then(build, comparison, rules, present, book, facts_of)
        return published, by_text, identified, known, grown, present

    return Change(states_of, _without_news(build, changed))


def _position(rules: Rules, rows: pl.DataFrame, titles: pl.DataFrame, day: date) -> pl.DataFrame:
    """The positions of the firms in ``rows``, which are facts."""
    living = rules.met(rows, day)
    return positions.complete(living.join(titles, on="firm_id", how="left"))


def _by_corrected_text(build: Build, rules: Rules, published: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
    """The published positions by today's text of the rules of then for the titles ``names``, on the facts of then."""
    if not names:
        return published
    with build.view("followed_firm", published.select("firm_id")):
        columns = ", ".join(_shared_columns(build))
        rows = build.frame(
            f"select {columns} from core_firm__facts where false union all by name"  # noqa: S608 - our own columns
            f" select {columns} from earlier.core_firm__facts semi join ({FOLLOWED}) using (firm_key, firm_id)"
            " where day = $1",
            [rules.day],
        )
    missing = {name: pl.lit(None) for name in build.columns("core_firm__facts") if name not in rows.columns}
    met = rules.met(rows.with_columns(**missing), rules.day, names)
    dropped = [f"met {name}" for name in names if f"met {name}" not in met.columns]
    met = met.with_columns(pl.lit(False).alias(name) for name in dropped)
    return positions.replaced(published, met, published["firm_id"].to_list())


def _shared_columns(build: Build) -> list[str]:
    then = set(build.columns("earlier.core_firm__facts"))
    return [f'"{name}"' for name in build.columns("core_firm__facts") if name in then]


def _with_joins_of_today(build: Build, rules: Rules, by_text: pl.DataFrame, firms: list[str]) -> pl.DataFrame:
    """The positions once the records of then are joined to ``firms`` as today."""
    if not firms:
        return by_text
    rows, titles = facts.with_identity_of_today(build, pl.DataFrame({"firm_id": firms}), rules.day)
    return positions.replaced(by_text, _position(rules, rows, titles, rules.day), firms)


def _by_rules_of_then(
    build: Build, comparison: Comparison, rules: Rules, present: pl.DataFrame, book: Rulebook, facts_of: str
) -> pl.DataFrame:
    """Today's positions by the rules of then, where these differ from today's; on facts of the table ``facts_of``."""
    names = rules.differing(Rules.of(book, comparison.to_day, comparison.to_place))
    if not names or present.is_empty():
        return present
    with build.view("followed_firm", present.select("firm_id")):
        columns = ", ".join(rules.facts_read(comparison.to_day, names))
        rows = build.frame(
            f"select {columns} from {facts_of} semi join ({FOLLOWED}) using (firm_key, firm_id) where day = $1",  # noqa: S608 - our own names
            [comparison.to_day],
        )
    met = rules.met(rows, comparison.to_day, names)
    met = met.with_columns(pl.lit(False).alias(f"met {name}") for name in names if f"met {name}" not in met.columns)
    return positions.replaced(present, met, present["firm_id"].to_list())


def _without_news(build: Build, firms: list[str]) -> list[str]:
    """Where the definitions differ, the firms about which nothing new was received."""
    if not firms or build.value("select definitions from run") == build.value("select definitions from earlier.run"):
        return []
    with build.view("followed_firm", pl.DataFrame({"firm_id": firms})):
        return build.column((HERE / "without_news.sql").read_text("utf-8"))


def _put(build: Build, comparison: Comparison, ends: Ends, change: Change) -> None:
    """Append the rows of a comparison to ``position_change``, and the comparison with the totals of both ends."""
    with beside_frames(build):
        for first in range(0, len(ends.changed), FIRMS_AT_ONCE):
            rows = _rows(comparison, change.states_of(ends.changed[first : first + FIRMS_AT_ONCE]), change.without_news)
            build.put("position_change", rows, append=True, select="*, firm_key(firm_id) as firm_key")
    build.put("position_total", ends.totals.with_columns(comparison=pl.lit(comparison.kind)), append=True)
    record(build, comparison, ends.firms_from, ends.firms_to)


def _rows(comparison: Comparison, states: Sequence[pl.DataFrame], without_news: Collection[str]) -> pl.DataFrame:
    """A row a firm and title whose published and present positions differ, with a column for each state."""
    titles = positions.columns()
    measures, designations = ({column: title[at] for column, title in titles.items()} for at in range(2))
    long = [
        frame.unpivot(list(titles), index="firm_id", variable_name="title", value_name=state)
        for state, frame in zip(STATES, states, strict=True)
    ]
    table = pl.concat(
        [long[0], *(frame.select(state) for frame, state in zip(long[1:], STATES[1:], strict=True))], how="horizontal"
    )
    return table.filter(pl.col("published") != pl.col("now")).select(
        pl.lit(comparison.kind).alias("comparison"),
        "firm_id",
        pl.col("title").replace_strict(measures, return_dtype=pl.String).alias("measure"),
        pl.col("title").replace_strict(designations, return_dtype=pl.String).alias("designation"),
        *(pl.col(state).cast(pl.Int8) for state in STATES),
        pl.col("firm_id").is_in(without_news).alias("is_without_news"),
    )
