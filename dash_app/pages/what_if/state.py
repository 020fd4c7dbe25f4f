"""The address of the page of what-if: the edition, what takes its place, and which firms are listed."""

from dash_app.session import Session
from service.queries.release.records import Listed, Slice
from service.queries.rules.zone_trials import Trial
from service.reader import ReleaseQueries

VALUE = "t."
"""What the parameter of a threshold begins with, before the id of its condition."""


def trial_of(release: ReleaseQueries, session: Session) -> Trial:
    """The trial of the address, of the first edition that can be tried out where it names none; raises ``BadInput``."""
    first = session.address.get("edition", "") or release.trials().first_edition()
    return Trial(first, session.address.get("other", ""), values_of(session))


def values_of(session: Session) -> dict[str, str]:
    """The thresholds of the address by condition."""
    return {name.removeprefix(VALUE): value for name, value in session.address.items() if name.startswith(VALUE)}


def is_asked(trial: Trial) -> bool:
    """Whether anything takes the place of the edition."""
    return bool(trial.second or trial.values)


def listed(release: ReleaseQueries, session: Session, part: Slice) -> Listed:
    """The firms of the address; raises ``BadInput``."""
    trial, address = trial_of(release, session), session.address
    if not is_asked(trial):
        return Listed([], 0)
    return release.trials().firms(
        trial, address.get("change", ""), address.get("rung", ""), address.get("sector", ""), part
    )
