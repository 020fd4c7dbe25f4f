"""Where the figures of one firm came from: the delivered row behind each fact, as data, and its one wording.

A release keeps the rows as columns: ``delivery_id``, ``sheet`` and ``row_no``, or ``sources``, a list of these. One of
before they were kept has a text alone, ``source``, which is shown as it is and never taken apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from service.queries.release.tables import has_view
from tiers.schema.facts import ago_of
from warehouse.release.releases import Reader
from warehouse.rows import Row

_YEARLY = "select * from desk_firm__history where firm_key = firm_key($1)"
_AS_OF = "columns('^(as_of|told_on)$')"
"""The day a source is about; releases of before it had this name are read too."""
_BY_FACT = f"""
    select distinct on (fact) fact, desk_firm__sources.*
    from desk_firm__sources inner join desk_ref_fact_topics using (topic)
    where firm_key = firm_key($1) and coalesce({_AS_OF} <= $2, true)
    order by fact, {_AS_OF} desc nulls last, delivery_id, sheet, row_no
"""  # noqa: S608 - our own names
_DELIVERIES = "select delivery_id, feed, file_name from desk_deliveries where list_contains($1::varchar[], delivery_id)"
_CORRECTIONS = """
    select delivery_id, coalesce(sheet, '') as sheet, row_no, max(statement_id) as statement_id from desk_correction
    where list_contains($1::varchar[], delivery_id) group by all
"""
_TEXTS_BY_FACT = f"""
    select fact, arg_max(source, coalesce({_AS_OF}, date '0001-01-01')) as written
    from desk_firm__sources_as_text inner join desk_ref_fact_topics using (topic)
    where firm_key = firm_key($1) and coalesce({_AS_OF} <= $2, true) and source is not null group by fact
"""  # noqa: S608 - our own names
_WORDS = {
    "zh": (
        "行",
        "（按第 {} 号决定更正）",
        "（金额单位经确认，全部 ×{:f}）",
        "（按 {} 年平均汇率折算，{} 年的尚无）",
    ),
    "en": (
        "row",
        " (corrected by decision {})",
        " (unit confirmed, all money ×{:f})",
        " (at the mean rate of {}, there is none of {} yet)",
    ),
}
_LINK_WORDS = {"zh": ("第 {} 号决定", "证券代码 {}"), "en": ("decision {}", "stock code {}")}


@dataclass(frozen=True)
class Source:
    """A delivered row, the newest decision that corrected it, and what its money is multiplied by.

    Of an amount in another currency ``figure_year``, and ``rate_year``, whose mean rate converted it. ``written`` is
    the text of a release that kept no more.
    """

    feed: str | None = None
    delivery_id: str | None = None
    file_name: str | None = None
    sheet: str | None = None
    row_no: int | None = None
    statement_id: int | None = None
    unit_factor: Decimal | None = None
    figure_year: int | None = None
    rate_year: int | None = None
    written: str | None = None


_COLUMNS = frozenset(column.name for column in fields(Source))


def row_text(row: Mapping[str, Any], lang: str, *columns: str) -> str:
    """A delivered row by the values of ``columns`` where it has them, as file and sheet, and its number."""
    parts = [str(row[column]) for column in columns if row[column]]
    return f"{' · '.join(parts)} {_WORDS[lang][0]} {row['row_no']}".strip()


def source_text(source: Source, lang: Literal["zh", "en"]) -> str:
    """File, sheet and row, the decision that corrected the row, the factor of its money and a rate of another year.

    Never a person's name.
    """
    if source.written is not None:
        return source.written
    _, corrected, converted, at_rate = _WORDS[lang]
    text = row_text(vars(source), lang, "file_name", "sheet")
    if source.statement_id is not None:
        text += corrected.format(source.statement_id)
    if source.unit_factor not in (None, 1):
        text += converted.format(Decimal(str(source.unit_factor)).normalize())
    if source.rate_year not in (None, source.figure_year):
        text += at_rate.format(source.rate_year, source.figure_year)
    return text


def link_text(link: Mapping[str, Any], lang: Literal["zh", "en"]) -> str:
    """What a link between two firms rests on: a decision or a stock code; the text of a release that kept no more."""
    if "evidence" in link:
        return str(link["evidence"])
    decided, passed = _LINK_WORDS[lang]
    return decided.format(link["statement_id"]) if link["stock_code"] is None else passed.format(link["stock_code"])


def as_row(source: Source) -> Row:
    """A source for pipelines: its columns, and its wording in both languages."""
    columns = {name: value for name, value in asdict(source).items() if name != "written"}
    return {**columns, "zh": source_text(source, "zh"), "en": source_text(source, "en")}


@dataclass(frozen=True)
class Sources:
    """Sources by fact of the day, and of yearly facts by how many years before the last full one they are of."""

    day: date
    by_fact: Mapping[str, Sequence[Source]]
    by_ago: Mapping[int, Sequence[Source]]

    def of(self, facts: Iterable[str]) -> list[Source]:
        """The distinct sources behind some columns of facts, in their order."""
        groups = (self.by_fact.get(fact) or self._of_year_in(fact) for fact in facts)
        return list(dict.fromkeys(source for group in groups for source in group))

    def _of_year_in(self, fact: str) -> Sequence[Source]:
        ago = ago_of(fact)
        return () if ago is None else self.by_ago.get(ago, ())

    def of_year(self, year: int) -> Sequence[Source]:
        """The rows behind the yearly figures of one year."""
        return self.by_ago.get(_ago(self.day, year), ())


def _ago(day: date, year: int) -> int:
    """How many years a year lies before the last full one of a day."""
    return day.year - 1 - year


def sources_of(release: Reader, firm_id: str, day: date) -> Sources:
    """The rows about a firm up to a day; of several about one fact, the newest."""
    by_fact = _BY_FACT if has_view(release, "desk_firm__sources") else _TEXTS_BY_FACT
    facts = {row["fact"]: [_as_source(row)] for row in release.rows(by_fact, [firm_id, day])}
    yearly = release.rows(_YEARLY, [firm_id])
    years = [_ago(day, row["year"]) for row in yearly]
    return Sources(day, facts, dict(zip(years, delivered_rows(release, yearly), strict=True)))


def delivered_rows(release: Reader, rows: Sequence[Mapping[str, Any]]) -> list[list[Source]]:
    """The delivered rows behind each row of a view: those of its ``sources``, else that of its ``delivery_id``."""
    places = [_places(row) for row in rows]
    ids = sorted({place["delivery_id"] for own in places for place in own if "delivery_id" in place})
    deliveries = {row.pop("delivery_id"): row for row in (release.rows(_DELIVERIES, [ids]) if ids else ())}
    corrected = {
        (row["delivery_id"], row["sheet"], row["row_no"]): row["statement_id"]
        for row in (release.rows(_CORRECTIONS, [ids]) if ids else ())
    }
    return [[_source(place, deliveries, corrected) for place in own] for own in places]


def with_sources(release: Reader, rows: Sequence[Row]) -> list[Row]:
    """Rows of a view with ``sources`` as ``as_row`` has them, and ``source``, their wording in Chinese."""
    worded = [[as_row(source) for source in sources] for sources in delivered_rows(release, rows)]
    return [
        {**row, "sources": sources, "source": "; ".join(source["zh"] for source in sources) or None}
        for row, sources in zip(rows, worded, strict=True)
    ]


def sources_text(row: Mapping[str, Any], lang: Literal["zh", "en"]) -> str:
    """The wording of the ``sources`` of a row in a language; without any its ``source``, which is no delivered row."""
    return "; ".join(source[lang] for source in row["sources"]) or row["source"] or ""


def own_sources(row: Mapping[str, Any] | None) -> Row:
    """``source`` and ``sources`` of a row alone; none where nothing was delivered."""
    return {"source": None, "sources": []} if row is None else {name: row[name] for name in ("source", "sources")}


def _places(row: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Delivery, sheet and row of what is behind a row; its text in a release that kept no more."""
    if row.get("sources") is not None:
        return list(row["sources"])
    if row.get("delivery_id") is not None:
        return [row]
    return [{"written": row["source"]}] if row.get("source") else []


def _source(
    place: Mapping[str, Any], deliveries: Mapping[str, Row], corrected: Mapping[tuple[str, str, int], int]
) -> Source:
    if "written" in place:
        return Source(written=place["written"])
    delivery_id, sheet, row_no = place["delivery_id"], place["sheet"], place["row_no"]
    return Source(
        **deliveries[delivery_id],
        delivery_id=delivery_id,
        sheet=sheet,
        row_no=row_no,
        statement_id=corrected.get((delivery_id, sheet or "", row_no)),
        unit_factor=place.get("unit_factor"),
    )


def _as_source(row: Row) -> Source:
    """Of a row with the columns of a source; those that an older release lacks are missing, others are left."""
    return Source(**{name: value for name, value in row.items() if name in _COLUMNS})


def facts_of_conditions(release: Reader) -> Mapping[tuple[str, str], list[str]] | None:
    """The columns of facts each condition rested on when the release was made, by edition and condition.

    None for a release of before these were kept.
    """
    if not has_view(release, "desk_ref_condition_facts"):
        return None
    rows = release.rows(
        "select edition_id, condition_id, list(fact order by seq) as facts from desk_ref_condition_facts group by all"
    )
    return {(row["edition_id"], row["condition_id"]): row["facts"] for row in rows}
