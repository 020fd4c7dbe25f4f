"""The titles a firm holds: their days by either reading, what is owed and sent in, what ends them; tax years."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from service.queries.firm.filings import annual_reports, changes_of, consequences, evaluations, filings_of, review
from service.queries.firm.firm_lookup import find_firm, has_ended
from service.queries.firm.tax_years import losses, settled_years, tax_years
from service.queries.release.provenance import with_sources
from service.queries.rules.stated_values import reliability
from tiers.benefits.reliefs import has_reduced_rate
from tiers.certificates.obligations import endings
from tiers.certificates.validity import Certificate, in_tax_year
from tiers.messages.wording import POSITIONS
from warehouse.home import Home
from warehouse.release.obligations import duties_on_change, obligations_of_firm
from warehouse.release.releases import Published
from warehouse.rows import Row

_NOTHING_OWED: Row = {"tax_year": None, "duties": [], "ends": [], "reports": None, "review": None, "changes": []}
"""Of a title whose holder no longer exists."""
_COLUMNS = ("title_id", "designation", "zh", "en", "certificate_no", "valid_from", "valid_to", "or_valid_to")
_SHOWN = (*_COLUMNS, "is_by_other_reading", "source", "sources")
_HELD = (
    "select *, not is_held as is_by_other_reading from desk_firm__titles"
    " where firm_key = firm_key($1) and firm_id = $1"
    " and (is_held or (event in ('granted', 'renewed') and valid_to < $2 and or_valid_to >= $2))"
    " order by rank nulls last, valid_from"
)
_HELD_ON_ANOTHER_DAY = (
    "select *, coalesce(valid_to < $2, false) as is_by_other_reading from desk_firm__titles"
    " where firm_key = firm_key($1) and firm_id = $1 and event in ('granted', 'renewed') and valid_from <= $2"
    " and (valid_to is null or greatest(valid_to, or_valid_to) >= $2) order by rank nulls last, valid_from"
)
_GRANTED = (
    "select designation, certificate_no, valid_from from desk_firm__titles where firm_key = firm_key($1)"
    " and firm_id = $1 and event in ('granted', 'renewed') and valid_from is not null order by valid_from"
)


def duties(home: Home, words: str, day: date | None = None) -> Row:
    """Of every title the firm holds on a day, or would by the second reading of its text, what is owed and was sent in.

    ``day`` is that of the release where it is not given; the tax years and losses are all that were delivered.
    Raises ``BadInput`` where the firm cannot be found.
    """
    published = Published(home)
    of_release = published.rows("select day from desk_run__summary")[0]["day"]
    day = day or of_release
    firm = find_firm(published, words)
    held = published.rows(_HELD if day == of_release else _HELD_ON_ANOTHER_DAY, [firm["firm_id"], day])
    titles = with_sources(published, held)
    is_gone = has_ended(firm, day)
    filings, changes = filings_of(published, firm["firm_id"]), changes_of(published, firm["firm_id"])
    owed = obligations_of_firm(published, firm["firm_id"], day)
    on_change = duties_on_change(published, day) if owed is not None else []
    rows = []
    for title in titles:
        own = [row for row in owed or () if row["title_id"] == title["title_id"]]
        potential = [row for row in on_change if row["designation"] == title["designation"]]
        parts = _NOTHING_OWED if is_gone else _of_title(title, [*own, *potential], filings, changes, day)
        rows.append({**{name: title[name] for name in _SHOWN}, **parts})
    granted = published.rows(_GRANTED, [firm["firm_id"]])
    settled = settled_years(published, firm["firm_id"])
    return {
        "firm": firm,
        "day": day,
        "is_gone": is_gone,
        "is_older_release": owed is None,
        "titles": rows,
        "evaluations": evaluations(filings, firm["founded_on"]),
        "tax_years": tax_years(settled, granted, day),
        "losses": losses(settled, granted),
    }


def _of_title(
    title: Mapping[str, Any], owed: Sequence[Row], filings: Sequence[Row], changes: Sequence[Row], day: date
) -> Row:
    name, since = title["designation"], title["valid_from"]
    is_certificate = has_reduced_rate(name)
    own = [row for row in filings if row["designation"] == name]
    dated = [row for row in owed if "due_on" in row]
    return {
        "tax_year": _tax_year(title, day) if is_certificate else None,
        "duties": [_duty(row) for row in owed if row.get("state", "open") == "open"],
        "ends": [ending.model_dump(exclude={"from_", "to"}) for ending in endings(name, day)],
        "reports": annual_reports(dated, own, day) if any(row["filing"] == "annual_report" for row in own) else None,
        "review": review(dated, day) if any(row["filing"] == "yearly_update" for row in own) else None,
        "changes": consequences(since, changes, day) if is_certificate else [],
    }


def _duty(row: Mapping[str, Any]) -> Row:
    """A duty with its day, or with the months that it leaves after a change."""
    return {
        "due_on": row.get("due_on"),
        "months": row.get("months"),
        **{name: row[name] for name in ("id", "zh", "en", "document", "clause", "confidence")},
    }


def _tax_year(title: Mapping[str, Any], day: date) -> Row:
    """The certificate in the tax year of the day: rates as fractions of one, and whether the year counts for losses."""
    result = in_tax_year(Certificate(title["valid_from"]), day.year)
    year = result.value
    return {
        "year": day.year,
        "prepaid": None if year is None else float(year.prepaid),
        "settled": None if year is None or year.settled is None else float(year.settled),
        "counts_for_losses": None if year is None else year.counts_for_losses,
        **reliability(result),
    }


def held_words(title: Mapping[str, Any], lang: str) -> str:
    """A title with its days, and to when it is valid by the second reading of its text where there is one."""
    held, until = f"{title[lang]}  {title['valid_from']} – {title['valid_to'] or '…'}", title["or_valid_to"]
    is_zh = lang == "zh"
    if title["is_by_other_reading"]:
        over = f"已过期；按另一读法至 {until}" if is_zh else f"over; by another reading valid to {until}"
        return f"{over}: {held}"
    other = f"（另一读法至 {until}）" if is_zh else f" (by another reading to {until})"
    return f"{POSITIONS['holds'].label(lang)} {held}{other if until else ''}"
