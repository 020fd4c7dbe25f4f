"""Results of the rules: written one row a firm and day, read in long form through views.

``core_tiers__verdicts_wide`` and ``core_tiers__findings_wide`` hold numbers in structs, a field an edition or
condition; ``ref_verdict_columns``, ``ref_finding_columns`` and ``ref_fact_codes`` give their meaning. The views take a
struct as a list and pick from it by the positions in the reference tables, so no text is stored twice.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager

import polars as pl

from tiers.columns.outcome import NAMES
from warehouse.database.build import Build

VERDICTS, FINDINGS = "core_tiers__verdicts_wide", "core_tiers__findings_wide"
EARLIER, MARGINS, MISSING = "core_tiers__earlier", "core_tiers__earlier_margins", "core_tiers__missing"
KEYS = {
    VERDICTS: ("firm_id", "day"),
    FINDINGS: ("firm_id", "day"),
    EARLIER: ("firm_id", "designation", "years_ago"),
    MARGINS: ("firm_id", "designation", "condition_id", "years_ago"),
    MISSING: ("firm_id", "designation", "fact"),
}
"""The tables that are written firm by firm, and their keys."""

_TYPES = {
    "outcome": "tinyint",
    "deciding": "smallint",
    "missing": "smallint",
    "answer": "smallint",
    "gap": "double",
    "value": "double",
    "remaining": "smallint",
    "opens": "date",
}
"""SQL types of the fields of a stored column."""

_OUTCOMES = list(NAMES)
"""Outcomes in the order of their stored codes, from 0."""

_OF_VERDICTS = ("outcome", "deciding", "gap", "missing", "remaining", "opens")

Columns = Mapping[str, Collection[str]]
"""The names of the fields of each stored column."""


def start(build: Build, verdicts: Columns, findings: Columns, tables: Mapping[str, pl.DataFrame]) -> None:
    """Create empty tables with these columns, the tables that give their meaning, and the views in long form."""
    with build.together():
        _create_tables(build, verdicts, findings, tables)


def _create_tables(build: Build, verdicts: Columns, findings: Columns, tables: Mapping[str, pl.DataFrame]) -> None:
    for table, columns in ((VERDICTS, verdicts), (FINDINGS, findings)):
        structs = "".join(f", {name} {_struct(name, fields)}" for name, fields in columns.items())
        build.execute(f"create or replace table {table} (firm_id varchar, firm_key ubigint, day date{structs})")
    build.execute(
        f"create or replace table {EARLIER} (firm_id varchar, firm_key ubigint, designation varchar,"
        " day date, years_ago integer, outcome varchar, gap double)"
    )
    build.execute(
        f"create or replace table {MARGINS} (firm_id varchar, firm_key ubigint, designation varchar,"
        " condition_id varchar, margin double, years_ago integer)"
    )
    build.execute(
        f"create or replace table {MISSING} (firm_id varchar, firm_key ubigint, designation varchar, fact varchar)"
    )
    for name, frame in tables.items():
        build.put(name, frame)
    build.execute(_VERDICTS_VIEW)
    build.execute(_FINDINGS_VIEW)


def write(build: Build, table: str, rows: pl.DataFrame) -> None:
    """Append rows of firms, in the order of their keys."""
    build.put(table, rows, append=True, select="*, firm_key(firm_id) as firm_key")


def _struct(column: str, fields: Iterable[str]) -> str:
    return f"struct({', '.join(f'{field} {_TYPES[column]}' for field in fields)})"


@contextmanager
def verdicts_of_all_firms(build: Build) -> Iterator[None]:
    """Within it ``core_tiers__verdicts`` is read in half the time, though bound in twice: for the firms of a build."""
    lists = ", ".join(f"[*columns({column}.*)] as {column}" for column in _OF_VERDICTS)
    build.execute(f"create or replace temp view core_tiers__verdicts as {_verdicts(lists)}")
    try:
        yield
    finally:
        build.execute("drop view temp.core_tiers__verdicts")


def _list(column: str) -> str:
    """SQL of the fields of a column as a list; DuckDB binds it faster than a list of every field."""
    return f"map_values({column}::map(varchar, {_TYPES[column]})) as {column}"


def _verdicts(lists: str) -> str:
    """SQL of the verdicts in long form; ``lists``: SQL of the columns of the wide verdicts as lists."""
    return f"""
select
    firm.firm_id, firm.firm_key, firm.day, edition.edition_id, edition.designation, edition.rank, edition.is_selected,
    {_OUTCOMES}[firm.outcome[position] + 1] as outcome,
    edition.routes[firm.deciding[position] + 1] as route,
    edition.condition_ids[firm.deciding[position] + 1] as deciding_condition,
    firm.gap[position] as deciding_gap,
    edition.gap_units[firm.deciding[position] + 1] as gap_unit,
    ref_fact_codes.fact as missing_fact,
    firm.remaining[position] < 0 as is_closed,
    case when firm.remaining[position] < 0
        then edition.condition_ids[firm.deciding[position] + 1] end as closed_condition,
    firm.opens[opens_position] as opens_on,
    abs(firm.remaining[position]) as open_conditions
from (
    select firm_id, firm_key, day, {lists}
    from {VERDICTS}
) as firm
inner join ref_verdict_columns as edition using (day)
left join ref_fact_codes on firm.missing[position] = ref_fact_codes.code
"""  # noqa: S608 - our own names


_VERDICTS_VIEW = f"create or replace view core_tiers__verdicts as {_verdicts(', '.join(map(_list, _OF_VERDICTS)))}"

_FINDINGS_VIEW = f"""
create or replace view core_tiers__findings as
select
    firm.firm_id, firm.firm_key, condition.edition_id, condition.condition_id,
    {_OUTCOMES}[case when firm.answer[position] < 0 then 1 else firm.answer[position] end + 1] as outcome,
    firm.value[value_position] as value,
    firm.value[value_high_position] as value_high,
    case
        when distance_position is not null then firm.value[distance_position]
        else (required - firm.value[measured_position]) * direction
    end as distance,
    case
        when firm.answer[position] = 0 and condition.closes = '' and distance is not null
            then case when distance > 0 then distance else 0.0 end
    end as gap,
    condition.gap_unit,
    firm.deciding[edition_position] = number as is_deciding,
    ref_fact_codes.fact as missing_fact,
    condition.closes <> '' and firm.answer[position] = 0 as is_closed
from (
    select firm_id, firm_key, {", ".join(map(_list, ("answer", "value", "deciding")))}
    from {FINDINGS}
) as firm
cross join ref_finding_columns as condition
left join ref_fact_codes on -firm.answer[position] = ref_fact_codes.code
"""  # noqa: S608 - our own names
