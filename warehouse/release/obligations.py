"""The obligations of one firm on any day: the model of a run, evaluated on the tables of a release."""

from datetime import date
from importlib import resources

from warehouse.release.reader import Reader
from warehouse.rows import Row

MODEL = "core_firm__obligations"
OF_FIRM = ("core_title__granted", "core_firm", "core_firm__filings", "core_firm__changes")
"""The tables it reads of which a firm needs its own rows only."""


def obligations_of_firm(release: Reader, firm_id: str, day: date) -> list[Row] | None:
    """The rows of the model for a firm and day, with the words of their duties, the earliest due first.

    None where the release was made before the model existed.
    """
    if not release.rows("select 1 from information_schema.tables where table_name = $1", [MODEL]):
        return None
    inputs = [
        "parameter as (select * replace ($2::date as day) from main.parameter)",
        *(f"{table} as (select * from main.{table} where firm_id = $1)" for table in OF_FIRM),  # noqa: S608 - our names
    ]
    model = resources.files("warehouse.models").joinpath("movement", f"{MODEL}.sql").read_text("utf-8")
    return release.rows(
        f"with {', '.join(inputs)}"  # noqa: S608 - our own model
        " select obligation.*, duty.designation, duty.id, duty.due_when, duty.zh, duty.en"
        f" from ({model}\n) as obligation inner join ref_duties as duty using (duty) order by obligation.due_on, duty",
        [firm_id, day],
    )


def duties_on_change(release: Reader, day: date) -> list[Row]:
    """The duties that begin with a change, by the texts in force on a day, with the months that they leave."""
    return release.rows(
        "select duty.designation, duty.id, duty.zh, duty.en, rule.months, rule.document, rule.clause, rule.confidence"
        " from ref_duties as duty inner join ref_due_rules as rule using (duty) where duty.due_when = 'on_change'"
        " and $1 between rule.in_force_from and coalesce(rule.in_force_to, $1) order by duty",
        [day],
    )
