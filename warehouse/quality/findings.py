"""Findings of the rules: one line each in ``quarantine``; only some severities exclude a row from the figures."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from warehouse.database.build import Build
from warehouse.models.graph import tables
from warehouse.quality.checks import Check
from warehouse.quality.rules import REMOVES, Rule, ids_of, rule_of

CODE = "uscc"
_SUGGESTED = ("；方括号内可能才是正确的代码", "; in brackets the code that may be meant")
_LOST_DIGITS = (
    "；末几位因科学计数法已丢失，请以文本重报",
    "; its last digits are lost, deliver it as text",
)
"""What is added to the message on a credit code; files have it as ``code_note`` finds."""


def describe_reader_findings(build: Build) -> None:
    """Add severity and messages to the findings of readers, which name only their rule."""
    rules = map(rule_of, build.column("select distinct rule_id from quarantine where severity is null"))
    texts = [(rule.id, rule.severity, rule.message("zh"), rule.message("en")) for rule in rules]
    if not texts:
        return
    with build.view("rule_text", pl.DataFrame(texts, schema=("rule_id", "severity", "zh", "en"), orient="row")):
        build.execute(
            "update quarantine set severity = rule_text.severity, message_zh = zh, message_en = en from rule_text"
            " where quarantine.rule_id = rule_text.rule_id and quarantine.severity is null"
        )


def record(build: Build, table: str, checks: Sequence[Check], conditions: Sequence[str], bound: Sequence[Any]) -> None:
    """Record the rows of ``checked`` for which the condition of a check is true; of all checks by one statement.

    The value is that of the source in the field of a check, or its first column where the source has no such field;
    of a credit code, also the code as it was checked, with a note in the message. A message with ``{readings}`` names
    the readings in the first column. ``bound``: the parameters of the conditions.
    """
    raw = table.replace("stg_", "raw_", 1)
    known = set(build.columns(raw))
    sources = {check.field: f'raw."{check.field}"' if check.field in known else "hit.shown" for check in checks}
    values = sources | ({CODE: f"code_as_checked({sources[CODE]})"} if CODE in sources else {})
    hits = " union all ".join(
        f'select delivery_id, sheet, row_no, {number} as number, "{check.columns[0]}"::varchar as shown'  # noqa: S608
        f" from checked where {condition}"
        for number, (check, condition) in enumerate(zip(checks, conditions, strict=True))
    )
    with build.view("rule_text", _texts(checks)):
        build.execute(
            "insert into quarantine by name select hit.delivery_id, d.feed, hit.sheet, hit.row_no,"  # noqa: S608
            f" rule.rule_id, rule.severity, rule.field, {_by_field(values)} as value,"
            f" {_message('zh', sources.get(CODE))}, {_message('en', sources.get(CODE))}"
            f" from ({hits}) as hit join rule_text as rule using (number)"
            f" join {raw} as raw using (delivery_id, sheet, row_no) join deliveries as d using (delivery_id)",
            bound,
        )


def _texts(checks: Sequence[Check]) -> pl.DataFrame:
    """What a finding has of its check, by the number of the check."""
    rules = [(check.definition, check.field) for check in checks]
    rows = [
        (number, rule.id, rule.severity, field, rule.message("zh"), rule.message("en"))
        for number, (rule, field) in enumerate(rules)
    ]
    return pl.DataFrame(rows, schema=("number", "rule_id", "severity", "field", "zh", "en"), orient="row")


def _by_field(values: Mapping[str, str]) -> str:
    cases = " ".join(f"when '{field}' then {value}" for field, value in values.items())
    return f"case rule.field {cases} end"


def _message(lang: str, code: str | None) -> str:
    """SQL of a message; ``code`` is the credit code as the source has it, where a check is about one."""
    message = f"replace(rule.{lang}, '{{readings}}', coalesce(hit.shown, ''))"
    note = f" || case when rule.field = '{CODE}' then {_code_note(code, lang)} else '' end" if code else ""
    return f"{message}{note} as message_{lang}"


def _code_note(value: str, lang: str) -> str:
    place = ("zh", "en").index(lang)
    return f"code_note({value}, '{_SUGGESTED[place]}', '{_LOST_DIGITS[place]}')"


def record_across(build: Build, rule: Rule, sql: str) -> int:
    """Record the rows a cross-feed query returns (delivery_id, sheet, row_no, field, value); their number."""
    count = build.value(
        "insert into quarantine by name select hit.delivery_id, d.feed, hit.sheet, hit.row_no, $1 as rule_id,"  # noqa: S608
        " $2 as severity, hit.field, hit.value::varchar as value, $3 as message_zh, $4 as message_en"
        f" from ({sql}) as hit join deliveries as d using (delivery_id)",
        [rule.id, rule.severity, rule.message("zh"), rule.message("en")],
    )
    return int(count or 0)


def remove(build: Build, table: str) -> None:
    """Remove waiting and rejected rows from a staging table; an accepted finding excludes no row."""
    if not build.has_rows(table):
        return
    build.execute(
        f"delete from {table} as stg using (select distinct q.delivery_id, q.sheet, q.row_no from quarantine as q"  # noqa: S608
        " anti join decision as d on d.decision = 'accepted' and d.delivery_id = q.delivery_id and d.row_no = q.row_no"
        " and d.sheet = coalesce(q.sheet, '') and d.rule_id = q.rule_id and d.field = coalesce(q.field, '')"
        " where list_contains($1, q.severity)) as bad"
        " where stg.delivery_id = bad.delivery_id and stg.sheet = bad.sheet and stg.row_no = bad.row_no",
        [list(REMOVES)],
    )


def account(build: Build) -> None:
    """``accounts`` of each delivery: rows read, which must be the sum of those loaded, quarantined and not data."""
    loaded = " union all ".join(
        f"select delivery_id from {table}"  # noqa: S608 - our own tables
        for table in tables("staging")
    )
    build.execute(
        f"""create or replace table accounts as
        with loaded_rows as (select delivery_id, count(*) as loaded from ({loaded}) group by all),
        excluded as (
            select delivery_id, count(distinct (sheet, row_no)) as quarantined,
                count(distinct (sheet, row_no)) filter (decision = 'rejected') as rejected
            from quarantine
            where severity in ('reject', 'quarantine') and decision is distinct from 'accepted' group by all
        ),
        no_data as (
            select delivery_id, count(distinct (sheet, row_no)) as not_data from quarantine
            where list_contains($1, rule_id) group by all
        ),
        waiting as (
            select delivery_id, count(distinct (sheet, row_no)) as waiting from quarantine
            where severity in ('reject', 'quarantine', 'hold') and decision is null group by all
        ),
        accepted as (
            select delivery_id, count(distinct (sheet, row_no)) as accepted from quarantine
            where decision = 'accepted' group by all
        ),
        corrections as (select delivery_id, count(distinct (sheet, row_no)) as corrected from correction group by all)
        select delivery_id, feed, file_name, rows_read, coalesce(loaded, 0) as rows_loaded,
            coalesce(quarantined, 0) as rows_quarantined, coalesce(not_data, 0) as rows_not_data,
            rows_loaded + rows_quarantined + coalesce(not_data, 0) as rows_accounted,
            coalesce(waiting, 0) as rows_waiting, coalesce(rejected, 0) as rows_rejected,
            coalesce(accepted, 0) as rows_accepted, coalesce(corrected, 0) as rows_corrected
        from deliveries left join loaded_rows using (delivery_id) left join excluded using (delivery_id)
            left join no_data using (delivery_id) left join waiting using (delivery_id)
            left join accepted using (delivery_id) left join corrections using (delivery_id)""",  # noqa: S608
        [list(ids_of("not_data"))],
    )


def write_hits(build: Build) -> None:
    """``rule_hit``: every finding with the firm and the period of its row, null where the row states none."""
    build.execute(f"create or replace table rule_hit as {_hits(build, 'quarantine')}")


def replace_hits(build: Build, rules: list[str]) -> None:
    """Write the findings of some rules into ``rule_hit`` anew."""
    build.execute("delete from rule_hit where list_contains($1, rule_id)", [rules])
    build.execute("create temp table finding as from quarantine where list_contains($1, rule_id)", [rules])
    build.execute(f"insert into rule_hit by name {_hits(build, 'finding')}")
    build.execute("drop table finding")


def _hits(build: Build, findings: str) -> str:
    """SELECT of the rows of ``rule_hit`` for the findings in a table."""
    return (
        "select q.rule_id, q.severity, q.feed, place.firm_id, place.period, q.field, q.value as detail,"  # noqa: S608
        f" q.delivery_id, q.sheet, q.row_no from {findings} as q"
        f" left join ({_places(build, findings)}) as place using (delivery_id, sheet, row_no)"
    )


def _places(build: Build, findings: str) -> str:
    """SQL: each row with a finding, with its firm and period as in the source."""
    with_findings = f"select distinct feed from deliveries semi join {findings} using (delivery_id) order by feed"  # noqa: S608
    parts = [_NOWHERE]
    for feed in build.column(with_findings):
        columns = build.columns(f"raw_{feed}")
        firm = next((sql for name, sql in _FIRMS.items() if name in columns), "null::varchar")
        period = next((f'"{name}"' for name in ("year", "period") if name in columns), "null::varchar")
        parts.append(
            f"select delivery_id, sheet, row_no, {firm} as firm_id, {period} as period from raw_{feed}"  # noqa: S608
            f" semi join {findings} using (delivery_id, sheet, row_no)"
        )
    return " union all ".join(parts)


_NOWHERE = (
    "select delivery_id, sheet, row_no, null::varchar as firm_id, null::varchar as period from quarantine where false"
)
_FIRMS = {"uscc": "clean_uscc(uscc)", "stock_code": "'stock-' || clean_stock_code(stock_code, null)"}
