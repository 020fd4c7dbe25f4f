"""What a release says of its rules: how often each fired, and where."""

from typing import Any

from warehouse.quality.checks import EXPECTATIONS, suite_of
from warehouse.quality.rules import Rule, families
from warehouse.release.releases import Published


def places(rule: Rule) -> list[str]:
    """Where a rule is held: tables, queries, or the words of the catalogue."""
    from warehouse.quality.cross import files, rule_in

    own = [path.stem for path in sorted(EXPECTATIONS.glob("*.yml")) if _asks(path.stem, rule)]
    own += [f"cross/{path.name}" for path in files() if rule_in(path).id == rule.id]
    return own + ([f"{rule.held_by.zh} {rule.held_by.en} ({rule.held_by.test})"] if rule.held_by else [])


def _asks(table: str, rule: Rule) -> bool:
    return any(check.rule == rule.id for check in suite_of(table).checks)


def counts(release: Published) -> list[dict[str, Any]]:
    """Every rule with its hits in the release, in the order of the catalogue."""
    found = {
        row["rule_id"]: row for row in release.query("select rule_id, count(*) as hits from rule_hit group by all")
    }
    return [
        {
            "rule_id": rule.id,
            "severity": rule.severity,
            "stage": rule.stage,
            "hits": found.get(rule.id, {}).get("hits", 0),
            "held": not rule.reason,
            "zh": rule.zh,
            "en": rule.en,
        }
        for _, family in families().values()
        for rule in family
    ]


def examples(release: Published, rule_id: str, most: int = 5) -> list[dict[str, Any]]:
    """Some rows on which a rule fired; of feeds under the statistics law the place alone, no firm and no figure."""
    return release.query(
        "select h.feed, d.file_name, h.sheet, h.row_no, h.field,"
        " case when f.use = 'service' then h.detail end as value,"
        " case when f.use = 'service' then h.firm_id end as firm"
        " from rule_hit as h left join deliveries as d using (delivery_id) left join ref_feeds as f on h.feed = f.feed"
        " where h.rule_id = $1 order by 1, 2, 3, 4 limit $2",
        [rule_id, most],
    )
