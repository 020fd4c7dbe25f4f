"""Contests of a fact: raised with proof by a role that edits, decided by the roles of ``case.yml``."""

from collections.abc import Mapping
from typing import Any

from service.casework.form import Act, SentForm
from service.decisions import contests
from service.decisions.contests import Claim
from warehouse.casebook.folds import contest

DECIDE = "decide_contest"


def claim_of(form: SentForm) -> Claim:
    """The claim that a form makes."""
    return Claim(form.firm_id, form.text("fact"), form.text("claimed"), form.text_or_none("row"))


def _raised(form: SentForm) -> Any:
    return contests.add(form.home, claim_of(form), form.files, form.signed)


CONTEST_ACTS: Mapping[str, Act] = {
    "contest": Act(_raised),
    "accept": Act(lambda form: contests.accept(form.home, form.text("number"), form.signed), contest, right=DECIDE),
    "decline": Act(lambda form: contests.decline(form.home, form.text("number"), form.signed), contest, right=DECIDE),
}
