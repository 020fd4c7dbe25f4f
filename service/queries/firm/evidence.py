"""One firm's place on the ladder with the proof: titles, verdicts, conditions and where each figure came from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from service.queries.firm.benefits import worth_rows
from service.queries.firm.firm_lookup import find_firm
from service.queries.firm.tax_years import settled_year
from service.queries.release.provenance import Sources, as_row, facts_of_conditions, link_text, sources_of, with_sources
from service.queries.rules.designations import designation_of
from tiers.benefits.worth import FIGURES
from tiers.messages.verdict import sentence
from tiers.schema.premise import FIRM_EXISTS
from warehouse.home import Home
from warehouse.release.desk.desk import ZoneSnapshot
from warehouse.release.releases import Published, Reader
from warehouse.rows import Row

Inputs = Mapping[tuple[str, str], Sequence[str]]
"""The columns of facts that a condition rests on, by edition and condition."""

_FINDING = (
    "edition_id", "condition_id", "seq", "route", "zh", "en", "clause", "confidence", "outcome", "value", "value_high",
    "unit", "required_zh", "required_en", "gap", "gap_unit", "closes", "is_closed", "is_deciding", "missing_fact",
    "missing_zh", "missing_en", "contest",
)  # fmt: skip
_VERDICT = (
    "edition_id", "designation", "rank", "is_selected", "title_zh", "title_en", "document", "issuer", "number",
    "confidence", "outcome", "route", "deciding_condition", "deciding_gap", "gap_unit", "missing_fact", "is_closed",
    "closed_condition", "opens_on", "open_conditions",
)  # fmt: skip

_TITLE = (
    "designation", "zh", "en", "certificate_no", "valid_from", "valid_to", "or_valid_to", "is_by_other_reading",
    "source", "sources",
)  # fmt: skip
_FIGURES = f"select {', '.join(FIGURES)} from core_firm__facts where firm_key = firm_key($1) and day = $2"  # noqa: S608 - our names


def of_firm(published: Published, words: str, designation: str | None, day: date | None) -> Row:
    """The evidence of one firm on the release's day, or on any other day from what the release knows.

    Raises ``BadInput`` when no firm, or more than one, is meant by ``words``.
    """
    with published.whole() as snapshot:
        return _evidence(snapshot, words, designation, day)


def of_home(home: Home, words: str, designation: str | None, day: date | None) -> Row:
    """The same from the current release of a home."""
    return of_firm(Published(home), words, designation, day)


def of_release(path: Path, words: str, designation: str | None, day: date | None) -> Row:
    """The same from one release by its file: what was known and held to be true then."""
    with ZoneSnapshot.open(path) as snapshot:
        return _evidence(snapshot, words, designation, day)


def _evidence(published: ZoneSnapshot, words: str, designation: str | None, day: date | None) -> Row:
    designation = designation_of(designation) if designation else None
    run = published.rows("select day, place from mart_run__summary")[0]
    firm = find_firm(published, words)
    evaluated_on = day or run["day"]
    if evaluated_on == run["day"]:
        verdicts, findings = _published(published, firm["firm_id"])
        facts = published.rows(_FIGURES, [firm["firm_id"], evaluated_on])
        inputs = facts_of_conditions(published) or _facts_of_conditions_today(findings, evaluated_on)
    else:
        from service.queries.firm.replay import (
            replayed_evidence,  # the evaluation, which the release's own day does without
        )

        verdicts, findings, facts = replayed_evidence(
            published.path, firm["firm_id"], evaluated_on, run["place"], (_VERDICT, _FINDING, FIGURES)
        )
        inputs = _facts_of_conditions_today(findings, evaluated_on)
    settled = settled_year(published, firm["firm_id"], evaluated_on.year - 1) or {}
    conditions = _sourced(findings, inputs, sources_of(published, firm["firm_id"], evaluated_on))
    return {
        "firm": firm,
        "day": evaluated_on,
        "links": _links(published, firm["firm_id"], evaluated_on),
        "titles": _titles(published, firm["firm_id"], evaluated_on),
        "verdicts": [
            {
                **_with_conditions(verdict, conditions[verdict["edition_id"]]),
                "worth": _worth(verdict, facts, settled, evaluated_on),
            }
            for verdict in verdicts
            if designation in (None, verdict["designation"])
        ],
    }


def _worth(verdict: Row, facts: list[Row], settled: Row, day: date) -> list[Row]:
    """What a rung is worth, beside the edition that decides it."""
    is_rung = verdict["is_selected"] and verdict["rank"] is not None and verdict["deciding_condition"] != FIRM_EXISTS.id
    return worth_rows(verdict["designation"], {**settled, **facts[0]}, day) if is_rung and facts else []


def _with_conditions(verdict: Row, conditions: list[Row]) -> Row:
    sentences = {f"sentence_{lang}": sentence(verdict, conditions, lang) for lang in ("zh", "en")}
    own = {name: value for name, value in verdict.items() if name != "rank"}
    return {**own, **sentences, "conditions": conditions}


def _published(published: Reader, firm_id: str) -> tuple[list[Row], list[Row]]:
    verdicts = _known(published, "mart_firm__verdicts", _VERDICT, "rank, edition_id", firm_id)
    return verdicts, _known(published, "mart_firm__evidence", _FINDING, "edition_id, seq", firm_id)


def _known(published: Reader, table: str, wanted: Sequence[str], order: str, firm_id: str) -> list[Row]:
    """Rows of a firm; a column that an older release does not have is None."""
    rows = published.rows(
        f"select columns(lambda name: list_contains($2, name)) from {table} "  # noqa: S608 - our names
        f"where firm_key = firm_key($1) order by {order}",
        [firm_id, list(wanted)],
    )
    return [{name: row.get(name) for name in wanted} for row in rows]


def _links(published: Reader, firm_id: str, day: date) -> list[Row]:
    """Mergers, splits and successions up to a day: across them growth is not the firm's own (T06)."""
    links = published.rows(
        "select link.*, firm.name, other.name as other_name from core_firm__links as link"
        " inner join core_firm as firm using (firm_id)"
        " inner join core_firm as other on link.other_firm_id = other.firm_id"
        " where $1 in (link.firm_id, link.other_firm_id) and valid_from <= $2 order by valid_from, link.firm_id",
        [firm_id, day],
    )
    return [{**link, "evidence_zh": link_text(link, "zh"), "evidence_en": link_text(link, "en")} for link in links]


def _titles(published: Reader, firm_id: str, day: date) -> list[Row]:
    rows = published.rows(
        "select *, coalesce(valid_to < $2, false) as is_by_other_reading from mart_firm__titles"
        " where firm_key = firm_key($1) and event in ('granted', 'renewed') and valid_from <= $2"
        " and (valid_to is null or greatest(valid_to, or_valid_to) >= $2) order by rank nulls last, valid_from",
        [firm_id, day],
    )
    return [{name: row[name] for name in _TITLE} for row in with_sources(published, rows)]


def _facts_of_conditions_today(findings: Iterable[Row], day: date) -> Inputs:
    """The facts that conditions rest on by the rule book of today."""
    from tiers import load_rulebook

    book = load_rulebook()
    conditions = {(finding["edition_id"], finding["condition_id"]) for finding in findings}
    return {(edition, condition): book.inputs(edition, condition, day) for edition, condition in conditions}


def _sourced(findings: Iterable[Row], inputs: Inputs, sources: Sources) -> dict[str, list[Row]]:
    """The findings by edition, each with the rows that its figures came from."""
    conditions: dict[str, list[Row]] = defaultdict(list)
    for finding in findings:
        facts = inputs.get((finding["edition_id"], finding["condition_id"]), ())
        finding["sources"] = [as_row(source) for source in sources.of(facts)]
        finding["source"] = "\n".join(source["zh"] for source in finding["sources"])
        conditions[finding["edition_id"]].append(finding)
    return conditions
