"""Trying out other figures of a firm on what is published, without touching it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from service.queries.firm import replay
from service.queries.firm.benefits import worth_rows
from service.queries.firm.firm_lookup import find_firm
from service.queries.rules.designations import designation_of
from tiers import evaluate, load_rulebook
from tiers.errors import TierError
from tiers.fact_input import parse_fact
from tiers.messages.verdict import why_unknown
from tiers.schema.condition import Leaf
from tiers.schema.facts import ago_of, label
from tiers.schema.ladder import ladder
from tiers.schema.premise import FIRM_EXISTS
from tiers.smallest_change import Change, smallest_change, typed
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.releases import Published
from warehouse.rows import Row


def what_if(home: Home, firm_words: str, changes: Iterable[str], day: date | None) -> Row:
    """The verdicts of a firm as it is and as it would be with other figures, edition by edition.

    Raises ``BadInput`` where the firm, a figure's name or its value cannot be understood.
    """
    published = Published(home)
    run = published.rows("select day, place from desk_run__summary")[0]
    evaluated_on, firm = day or run["day"], find_firm(published, firm_words)
    facts = replay.facts_on(releases.current(home), firm["firm_id"], evaluated_on)
    if facts.is_empty():
        raise BadInput(
            f"{evaluated_on} 时还没有这家企业：{firm_words}",
            f"on {evaluated_on} there was no such firm yet: {firm_words}",
        )
    changed = facts.with_columns(**{name: _typed(facts, name, value) for name, value in map(_change, changes)})
    book = load_rulebook(place=run["place"])
    editions = book.in_force(evaluated_on, run["place"])
    evaluated = evaluate(pl.concat([facts, changed]), editions, evaluated_on)  # once: editions cost, not rows
    verdicts = _with_words(book.tables(), evaluated)
    rows = [{**now, "before": then["outcome"]} for then, now in zip(verdicts[::2], verdicts[1::2], strict=True)]
    return {"firm": firm, "day": evaluated_on, "changes": list(changes), "verdicts": rows}


def step(home: Home, firm_words: str, designation: str) -> Row:
    """What would have to change for a firm to meet the edition that decides a designation, and the answer then.

    Raises ``BadInput`` where no edition in force decides it.
    """
    designation = designation_of(designation)
    published = Published(home)
    run = published.rows("select day, place from desk_run__summary")[0]
    firm = find_firm(published, firm_words)
    editions = load_rulebook(designation=designation, place=run["place"]).selected(run["day"], run["place"])
    if not editions:
        raise BadInput(
            f"{run['day']} 没有 {designation} 的现行规定", f"on {run['day']} no edition decides {designation}"
        )
    edition = editions[0]
    facts = replay.facts_on(releases.current(home), firm["firm_id"], run["day"])
    smallest = smallest_change(facts, edition, run["day"])
    conditions = {leaf.id: leaf for leaf in edition.leaves()}
    routes = edition.conditions.routes()
    return {
        "firm": firm,
        "day": run["day"],
        "edition": edition.id,
        "outcome": smallest.outcome,
        **_route(smallest.route, routes),
        "changes": _changes(smallest.changes, conditions),
        "is_proven": smallest.is_proven,
        "others": [
            {"outcome": way.outcome, **_route(way.route, routes), "changes": _changes(way.changes, conditions)}
            for way in smallest.others
        ],
        **_missing(smallest.missing_fact, facts["founded_on"].item(), run["day"]),
        "is_closed": smallest.is_closed,
        "opens_on": smallest.opens_on,
        "next_rung": _next_rung(published, facts, run) if smallest.is_closed else None,
        "blocked_by": smallest.blocked_by,
        "blocked_zh": conditions[smallest.blocked_by].zh if smallest.blocked_by else None,
        "blocked_en": conditions[smallest.blocked_by].en if smallest.blocked_by else None,
        **mover_step(published, firm["firm_id"], designation, smallest.blocked_by),
        "worth": []
        if smallest.blocked_by == FIRM_EXISTS.id
        else worth_rows(designation, facts.row(0, named=True), run["day"]),
    }


def _route(name: str | None, routes: Mapping[str, Mapping[str, str]]) -> Row:
    words = routes.get(name or "", {})
    return {"route": name, "route_zh": words.get("zh"), "route_en": words.get("en")}


def mover_step(published: Published, firm_id: str, designation: str, blocked_by: str | None) -> Row:
    """The next step that the movers name to this title, where another condition blocks every way; else None.

    The movers name the nearest condition that fails by its figure; here all of them must be met together.
    """
    rows = published.rows(
        "select next_zh as mover_zh, next_en as mover_en from desk_movers__firms where firm_id = $1"
        " and next_designation = $2 and next_condition <> $3",
        [firm_id, designation, blocked_by],
    )
    return rows[0] if rows else {"mover_zh": None, "mover_en": None}


def _next_rung(published: Published, facts: pl.DataFrame, run: Row) -> Row | None:
    """The lowest rung above the highest held that can still be reached: designation, rank, outcome, zh, en."""
    movers = published.rows("select held_rank from desk_movers__firms where firm_id = $1", [facts["firm_id"].item()])
    held_rank = movers[0]["held_rank"] if movers else 0
    for name, rung in ladder().items():
        if rung.rank is None or rung.rank <= held_rank:
            continue
        editions = load_rulebook(designation=name, place=run["place"]).selected(run["day"], run["place"])
        for verdict in evaluate(facts, editions, run["day"]).verdicts.to_dicts():
            if not verdict["is_closed"]:
                return {
                    "designation": name,
                    "rank": rung.rank,
                    "outcome": verdict["outcome"],
                    "zh": rung.zh,
                    "en": rung.en,
                }
    return None


def _missing(fact: str | None, founded_on: date | None, day: date) -> Row:
    """The figure that leaves the answer unknown; a firm of this year has none of last year that could be given."""
    words = {f"missing_{lang}": why_unknown(fact, "", lang) if fact else None for lang in ("zh", "en")}
    if fact and ago_of(fact) == 0 and founded_on and founded_on.year == day.year:
        words = {
            "missing_zh": f"{founded_on} 成立，尚无完整年度",
            "missing_en": f"founded on {founded_on}: there is no full year yet",
        }
    return {"missing_fact": fact, **words}


def _changes(changes: Iterable[Change], conditions: Mapping[str, Leaf]) -> list[Row]:
    return [
        {
            **vars(change),
            "then_typed": (then := typed(change.fact, change.then)),
            "typed": f"{change.fact}={then}",
            **{lang: label(change.fact, lang) for lang in ("zh", "en")},
            "condition_zh": conditions[change.condition].zh,
            "condition_en": conditions[change.condition].en,
            "clause": conditions[change.condition].clause,
        }
        for change in changes
    ]


def _change(text: str) -> tuple[str, Any]:
    name, sign, value = text.partition("=")
    if not sign:
        raise BadInput(
            f"请写成 名称=值，例如 revenue_y0=5200万元：{text}", f"write name=value, as in revenue_y0=5200万元: {text}"
        )
    try:
        return parse_fact(name.strip(), value.strip())
    except TierError as error:
        raise BadInput(error.zh, error.en) from error


def _typed(facts: pl.DataFrame, name: str, value: object) -> pl.Expr:
    return pl.lit(value).cast(facts.schema[name])


def _with_words(tables: Mapping[str, pl.DataFrame], result: Any) -> list[Row]:
    """Verdicts with the words of the condition that decides, from the reference tables of the rule book."""
    conditions = tables["ref_conditions"].select("edition_id", "condition_id", "zh", "en", "clause")
    titles = tables["ref_editions"].select("edition_id", "title_zh", "title_en")
    rows: list[Row] = (
        result.verdicts.join(titles, on="edition_id", how="left", maintain_order="left")
        .join(
            conditions,
            left_on=["edition_id", "deciding_condition"],
            right_on=["edition_id", "condition_id"],
            how="left",
            maintain_order="left",
        )
        .to_dicts()
    )
    return rows
