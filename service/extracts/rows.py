"""The rows of the workbook of an incubator, of one release: tenants, what is due, promotions, dissolved tenants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from service.case_rules import case_rules
from service.queries.movers.movers import signals_of
from service.wording.rendering import show_gap
from tiers.cultivation.credit import Stay, credit_rule, shares
from tiers.messages.due_steps import with_steps
from warehouse.release.releases import Reader
from warehouse.rows import Row

LANGS = ("zh", "en")
_KNOWN = "select incubator from desk_incubator__tenancies where incubator is not null group by all"
_TENANTS = (
    "select mover.*, tenancy.entered_on, firm.is_living, firm.ended_on, firm.status"
    " from desk_incubator__tenancies as tenancy"
    " inner join desk_movers__firms as mover using (firm_id) inner join desk_firm as firm using (firm_id)"
    " where tenancy.incubator = $1 and tenancy.is_current order by mover.firm_id, tenancy.entered_on"
)
_DUE = (
    "select * from desk_firm__due where list_contains($1::varchar[], firm_id) and done_on is null"
    " order by start_by nulls last, due_on nulls last, firm_id, duty, period"
)
_STAYS = (
    "select stay.firm_id, stay.incubator, stay.entered_on, stay.graduated_on, firm.name"
    " from desk_incubator__tenancies as stay inner join desk_firm as firm using (firm_id)"
    " where stay.incubator is not null and stay.entered_on is not null and stay.firm_id in"
    " (select own.firm_id from desk_incubator__tenancies as own where own.incubator = $1)"
    " order by stay.firm_id, stay.entered_on, stay.incubator"
)
_GRANTS = (
    "select firm_id, designation, zh, en, rank, min(coalesce(granted_on, valid_from)) as granted_on"
    " from desk_firm__titles where event = 'granted' and rank >= $2 and list_contains($1::varchar[], firm_id)"
    " group by all having min(coalesce(granted_on, valid_from)) is not null order by granted_on desc, firm_id, rank"
)
_CONTESTS = (
    "select firm_id, list(distinct contest order by contest) as contests from desk_firm__evidence"
    " where contest is not null and list_contains($1::varchar[], firm_id) group by firm_id"
)


@dataclass(frozen=True)
class Tables:
    """The rows of each sheet but the changes."""

    tenants: list[Row]
    due: list[Row]
    credit: list[Row]
    dissolved: list[Row]


def known(reader: Reader) -> set[str]:
    """The incubators that a tenancy of the scope names."""
    return {row["incubator"] for row in reader.rows(_KNOWN)}


def tables(reader: Reader, incubator: str, day: date, *, with_signals: bool = True) -> Tables:
    """Tenants, due dates, windows and signals of one incubator on the evaluation day."""
    listed = reader.rows(_TENANTS, [incubator])
    living = [row for row in listed if row["is_living"] is not False]
    firms = [row["firm_id"] for row in living]
    due = with_steps(reader.rows(_DUE, [firms]))
    windows = {(row["firm_id"], row["designation"]): row for row in due if row["kind"] == "window"}
    signals = signals_of(reader, firms) if with_signals else {}
    return Tables(
        sorted((_tenant(row, signals.get(row["firm_id"], []), windows) for row in living), key=_urgency),
        [_due(row) for row in due if row["kind"] != "window"],
        _credit(reader, incubator, day),
        [row for row in listed if row["is_living"] is False],
    )


def _urgency(tenant: Row) -> tuple[bool, date, str]:
    """First what is started first; tenants without a day by their code."""
    return tenant["start_by"] is None, tenant["start_by"] or date.max, tenant["firm_id"]


def _tenant(row: Row, signals: Sequence[Row], windows: Mapping[tuple[str, str], Row]) -> Row:
    window = windows.get((row["firm_id"], row["next_designation"]), {})
    worded = {f"signals_{lang}": _lines(signals, f"signal_{lang}", "、") for lang in LANGS}
    worded |= {f"reasons_{lang}": _lines(signals, f"reason_{lang}", "\n") for lang in LANGS}
    worded |= {f"papers_{lang}": _papers(row["next_designation"], window, lang) for lang in LANGS}
    worded |= {f"window_note_{lang}": window.get(f"note_{lang}") for lang in LANGS}
    if row["next_gap"] is not None and row["next_gap_unit"]:
        worded |= {f"gap_{lang}": show_gap(row["next_gap"], row["next_gap_unit"], lang) for lang in LANGS}
    return {
        "gap_zh": None,
        "gap_en": None,
        **row,
        **worded,
        "window_opens_on": window.get("opens_on"),
        "window_closes_on": window.get("due_on"),
        "start_by": window.get("start_by") or row["next_by"],
        "contact": row["acting"] or row["officer"],
    }


def _lines(signals: Sequence[Row], name: str, between: str) -> str | None:
    return between.join(dict.fromkeys(signal[name] for signal in signals if signal[name])) or None


def _papers(designation: str | None, window: Row, lang: str) -> str | None:
    """The papers that a text lists for the title of the next step, else the steps of its window."""
    listed = case_rules().papers.get(designation or "")
    if listed is not None:
        return "\n".join(listed.items)
    return window.get(f"steps_{lang}")


def _due(row: Row) -> Row:
    return {**row, "contact": row["acting"] or row["officer"]}


def _credit(reader: Reader, incubator: str, day: date) -> list[Row]:
    """The promotions of the last years in which the incubator has a share, the newest first."""
    rule = credit_rule(day)
    stays: dict[str, list[Row]] = {}
    for stay in reader.rows(_STAYS, [incubator]):
        stays.setdefault(stay["firm_id"], []).append(stay)
    numbers = {row["firm_id"]: row["contests"] for row in reader.rows(_CONTESTS, [list(stays)])}
    rows = []
    for grant in reader.rows(_GRANTS, [list(stays), rule.first_rank]):
        own = [stay for stay in stays[grant["firm_id"]] if stay["incubator"] == incubator]
        given = shares(grant["granted_on"], [_stay(stay) for stay in stays[grant["firm_id"]]], rule)
        if incubator in given and day.year - grant["granted_on"].year < rule.years and grant["granted_on"] <= day:
            rows.append({
                **grant,
                "name": own[0]["name"],
                "entered_on": own[0]["entered_on"],
                "left_on": own[-1]["graduated_on"],
                "share": str(given[incubator]),
                "rule": rule.id,
                "contests": "、".join(numbers.get(grant["firm_id"], [])) or None,
                "contest_address": _address_of(grant["firm_id"], numbers.get(grant["firm_id"], [])),
                "number": f"{grant['firm_id']}-{grant['designation']}-{grant['granted_on']:%Y%m%d}",
            })  # fmt: skip
    return rows


def _address_of(firm_id: str, numbers: Sequence[str]) -> str | None:
    """Where the contests are read: the page of the case, on the first of them."""
    return f"/case/{quote(firm_id, safe='')}?contest={numbers[0]}" if numbers else None


def _stay(row: Row) -> Stay:
    return Stay(row["incubator"], row["entered_on"], row["graduated_on"])
