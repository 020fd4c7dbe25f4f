"""Everything that is known about one firm's place on the ladder: titles, verdicts, conditions and where figures came from."""

from collections import defaultdict
from datetime import date
from typing import Any

from tiers import inputs
from tiers.explain import sentence
from warehouse.home import Home
from warehouse.release import Published

Row = dict[str, Any]


def of_firm(home: Home, words: str, designation: str | None, day: date | None) -> Row:
    """The evidence of one firm on the release's day, or on any other day from what the release knows.

    Raises ``BadInput`` when no firm, or more than one, is meant by ``words``.
    """
    published = Published(home)
    run = published.query("select day, place from mart_run__summary")[0]
    firm = _firm(published, words)
    day = day or run["day"]
    if day == run["day"]:
        verdicts, findings = _published(published, firm["firm_id"])
    else:
        verdicts, findings = _replayed(published, firm["firm_id"], day, run["place"])
    sources = _sources(published, firm["firm_id"])
    conditions: dict[str, list[Row]] = defaultdict(list)
    for finding in findings:
        reads = inputs(finding["edition_id"], finding["condition_id"])
        finding["source"] = _named(reads, sources, day)
        conditions[finding["edition_id"]].append(finding)
    return {
        "firm": firm,
        "day": day,
        "titles": _titles(published, firm["firm_id"], day),
        "verdicts": [
            verdict
            | {
                "sentence_zh": sentence(verdict, conditions[verdict["edition_id"]], "zh"),
                "sentence_en": sentence(verdict, conditions[verdict["edition_id"]], "en"),
                "conditions": conditions[verdict["edition_id"]],
            }
            for verdict in verdicts
            if designation in (None, verdict["designation"])
        ],
    }
