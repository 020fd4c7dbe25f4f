"""Contests of a fact: raised with proof by a role that edits, decided by the roles of ``case.yml``."""

from collections.abc import Mapping
from typing import Any

from service.casework.sheet import Act, Sheet
from service.decisions import contests
from service.decisions.contests import Claim
from warehouse.casebook.folds import contest

DECIDE = "decide_contest"


def claim_of(sheet: Sheet) -> Claim:
    """The claim that a form makes."""
    return Claim(sheet.firm_id, sheet.text("fact"), sheet.text("claimed"), sheet.text_or_none("row"))


def _raised(sheet: Sheet) -> Any:
    return contests.add(sheet.home, claim_of(sheet), sheet.files, sheet.signed)


CONTEST_ACTS: Mapping[str, Act] = {
    "contest": Act(_raised),
    "accept": Act(lambda sheet: contests.accept(sheet.home, sheet.text("number"), sheet.signed), contest, right=DECIDE),
    "decline": Act(
        lambda sheet: contests.decline(sheet.home, sheet.text("number"), sheet.signed), contest, right=DECIDE
    ),
}
