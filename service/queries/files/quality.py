"""The quality rules and their thresholds, and how often and where each rule fired in the current release."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tiers.schema.strict import Words
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.quality import rules as catalogue
from warehouse.quality.checks import EXPECTATIONS, suite_of
from warehouse.quality.rules import Rule as Rule
from warehouse.release.releases import Published

if TYPE_CHECKING:
    from warehouse.quality.thresholds import Threshold

EXAMPLES = 5
"""Rows shown of one rule."""


def stages() -> list[Words]:
    """The names of the stages, in the order in which rules are held."""
    return list(catalogue.order().stages.values())


def families() -> list[tuple[Words, list[Rule]]]:
    """The families of the catalogue with their rules, in their order."""
    return list(catalogue.families().values())


def limits() -> "Mapping[str, Threshold]":
    """The thresholds of the rules by name."""
    from warehouse.quality.thresholds import thresholds  # loads Polars, which no count of hits needs

    return thresholds().limits


def places(rule: Rule) -> list[str]:
    """Where a rule is held: tables, queries, or the words of the catalogue."""
    from warehouse.quality.cross import files, rule_in  # loads Polars, which no count of hits needs

    own = [path.stem for path in sorted(EXPECTATIONS.glob("*.yml")) if _is_checked_in(path.stem, rule)]
    own += [f"cross/{path.name}" for path in files() if rule_in(path).id == rule.id]
    return own + ([f"{rule.held_by.zh} {rule.held_by.en} ({rule.held_by.test})"] if rule.held_by else [])


def _is_checked_in(table: str, rule: Rule) -> bool:
    return any(check.rule == rule.id for check in suite_of(table).checks)


def counts(home: Home) -> list[dict[str, Any]]:
    """Every rule with its hits in the current release, in the order of the catalogue."""
    rows = Published(home).rows("select rule_id, count(*) as hits from rule_hit group by all")
    hits = {row["rule_id"]: row["hits"] for row in rows}
    return [
        {
            "rule_id": rule.id,
            "severity": rule.severity,
            "stage": rule.stage,
            "hits": hits.get(rule.id, 0),
            "held": not rule.reason,
            "zh": rule.zh,
            "en": rule.en,
        }
        for _, family in families()
        for rule in family
    ]


def rule(home: Home, rule_id: str) -> dict[str, Any]:
    """A rule with its messages, where it is held, and examples; raises ``BadInput`` where there is none of this id."""
    known = catalogue.rules()
    if rule_id not in known:
        raise BadInput(f"没有规则 {rule_id}，见 tidu quality", f"there is no rule {rule_id}, see tidu quality")
    return {
        **known[rule_id].model_dump(),
        "message_zh": known[rule_id].message("zh"),
        "message_en": known[rule_id].message("en"),
        "places": places(known[rule_id]),
        "examples": examples(home, rule_id),
    }


def examples(home: Home, rule_id: str) -> list[dict[str, Any]]:
    """Some rows on which a rule fired; of feeds under the statistics law the place alone, no firm and no figure."""
    return Published(home).rows(
        "select h.feed, d.file_name, h.sheet, h.row_no, h.field,"
        " case when f.use = 'service' then h.detail end as value,"
        " case when f.use = 'service' then h.firm_id end as firm"
        " from rule_hit as h left join deliveries as d using (delivery_id) left join ref_feeds as f on h.feed = f.feed"
        " where h.rule_id = $1 order by 1, 2, 3, 4 limit $2",
        [rule_id, EXAMPLES],
    )
