"""What the rules answered: written one row a firm and day, read in long form through views.

``core_tiers__verdicts_wide`` and ``core_tiers__findings_wide`` hold numbers in numbered columns; ``ref_verdict_columns``,
``ref_finding_columns`` and ``ref_fact_codes`` say what they mean. The views spread a row by lists of its columns, whose
positions the reference tables name: one firm is read without touching another, and no text is stored twice.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from warehouse.database import writing

VERDICTS, FINDINGS = "core_tiers__verdicts_wide", "core_tiers__findings_wide"
GRAIN = {VERDICTS: ("firm_id", "day"), FINDINGS: ("firm_id", "day")}
"""The tables that are written firm by firm, and the columns that make a row of them."""

FIRMS_WRITTEN_AT_ONCE = 5_000
"""Firm-days whose results are written together."""

_TYPES = {
    "outcome": "tinyint",
    "deciding": "smallint",
    "missing": "smallint",
    "answer": "smallint",
    "gap": "double",
    "value": "double",
}
_OUTCOMES = "['not_met', 'unknown', 'judgement', 'met']"
"""In the order of the codes in which they are stored, from 0."""


def start(build: Path, verdicts: Iterable[str], findings: Iterable[str], tables: Mapping[str, pl.DataFrame]) -> None:
    """Empty tables with these numbered columns, what they mean, and the views that spread them."""
    columns = {VERDICTS: list(verdicts), FINDINGS: list(findings)}
    with writing(build) as con:
        for table, names in columns.items():
            own = "".join(f", {name} {_TYPES[_kind(name)]}" for name in names)
            con.execute(f"create or replace table {table} (firm_id varchar, firm_key ubigint, day date{own})")
        for name, frame in tables.items():
            con.register("arriving", frame)
            con.execute(f"create or replace table {name} as select * from arriving")  # noqa: S608
            con.unregister("arriving")
        con.execute(_verdicts_view(columns[VERDICTS]))
        con.execute(_findings_view(columns[VERDICTS], columns[FINDINGS]))


def write(build: Path, table: str, rows: pl.DataFrame) -> None:
    """Append rows of firms, in the order of their keys."""
    with writing(build) as con:
        con.register("arriving", rows)
        con.execute(f"insert into {table} by name select *, firm_key(firm_id) as firm_key from arriving")  # noqa: S608
        con.unregister("arriving")


def _kind(column: str) -> str:
    return column.rpartition("_")[0]


def _list(columns: Iterable[str], kind: str) -> str:
    """The columns of a kind as one list; named one by one, as a pattern takes longer to bind than a firm to read."""
    names = ", ".join(name for name in columns if _kind(name) == kind)
    return f"[{names}]::{_TYPES[kind]}[]"


def _verdicts_view(columns: list[str]) -> str:
    lists = ", ".join(f"{_list(columns, kind)} as {kind}" for kind in ("outcome", "deciding", "gap", "missing"))
    return f"""
        create or replace view core_tiers__verdicts as
        select
            firm.firm_id, firm.firm_key, firm.day, edition.edition_id, edition.designation, edition.is_selected,
            {_OUTCOMES}[outcome[position] + 1] as outcome,
            edition.routes[deciding[position] + 1] as route,
            edition.condition_ids[deciding[position] + 1] as deciding_condition,
            gap[position] as deciding_gap,
            edition.gap_units[deciding[position] + 1] as gap_unit,
            ref_fact_codes.fact as missing_fact
        from (select firm_id, firm_key, day, {lists} from {VERDICTS}) as firm
        inner join ref_verdict_columns as edition using (day)
        left join ref_fact_codes on missing[position] = ref_fact_codes.code
    """  # noqa: S608 - our own names


def _findings_view(verdict_columns: list[str], columns: list[str]) -> str:
    lists = ", ".join(f"{_list(columns, kind)} as {kind}" for kind in ("answer", "value", "gap"))
    return f"""
        create or replace view core_tiers__findings as
        select
            firm.firm_id, firm.firm_key, condition.edition_id, condition.condition_id,
            {_OUTCOMES}[case when answer[position] < 0 then 1 else answer[position] end + 1] as outcome,
            firm.value[value_position] as value,
            firm.value[value_high_position] as value_high,
            case
                when answer[position] <> 0 then null
                when gap_position is not null then firm.gap[gap_position]
                when firm.value[measured_position] is not null
                    then greatest((required - firm.value[measured_position]) * direction, 0.0) + 0.0
            end as gap,
            condition.gap_unit,
            deciding[edition_position] = number as is_deciding,
            ref_fact_codes.fact as missing_fact
        from (
            select found.firm_id, found.firm_key, {lists}, deciding
            from {FINDINGS} as found
            inner join (select firm_id, firm_key, day, {_list(verdict_columns, "deciding")} as deciding from {VERDICTS})
                using (firm_id, firm_key, day)
        ) as firm
        cross join ref_finding_columns as condition
        left join ref_fact_codes on -answer[position] = ref_fact_codes.code
    """  # noqa: S608 - our own names
