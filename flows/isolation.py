"""One delivery never stops a run: where a step fails unforeseen, the delivery to blame is refused and left out.

Deliveries are tried on scratch builds, which publish nothing and state nothing: those of the feed whose table failed,
alone; then what arrived since the last release, upon what was there before; then all. In each group the shortest
beginning that fails, by bisection, ends with the delivery to blame. Where none is to blame the run stops.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flows import steps
from flows.plan import Plan
from flows.progress import begun, quiet, say
from flows.unchanged import definitions_hash
from warehouse.database.kept_open import kept_open
from warehouse.errors import StepFailed, WarehouseError
from warehouse.intake import refusals
from warehouse.intake.landing import Delivery
from warehouse.models.graph import tables
from warehouse.outputs import incubators, report_cards
from warehouse.quality.checks import feeds_of
from warehouse.release import knowledge, releases
from warehouse.release.knowledge import Known

Step = Callable[[Plan], object]


@dataclass(frozen=True)
class Failure:
    """At which step a run failed, and with what error."""

    at: int
    step: tuple[str, str]
    error: BaseException

    @property
    def place(self) -> str:
        """The table or check at which it failed; empty where that is not known."""
        return next(iter(getattr(self.error, "__notes__", ())), "")


def write_handouts(plan: Plan) -> None:
    """What a release hands out, into a scratch folder that is removed again."""
    folder = plan.build.with_suffix(".handouts")
    try:
        incubators.write_extracts(plan.build, folder / "extracts", None)
        report_cards.write_cards([plan.build], folder / "cards")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


TRIED: tuple[Step, ...] = (*steps.BUILD_STEPS, write_handouts)
"""The steps of a run after landing, as they are tried on a scratch build."""


def run_isolated(plan: Plan, own: Sequence[Step]) -> None:
    """Run these steps, which begin with loading, without the deliveries on which one of them fails.

    Raises ``StepFailed`` where a step fails and no delivery is to blame.
    """
    while failure := _run(plan, own):
        reason = refusals.reason_of(failure.error)
        if _is_published(plan):
            raise failure.error
        with quiet():
            blamed = _blamed(plan, failure)
        if blamed is None:
            raise StepFailed(*failure.step, reason) from failure.error
        known_to = max(delivery.seq for delivery in knowledge.deliveries(plan.home, plan.known))
        refusal = refusals.refusal_of(blamed, definitions_hash(), known_to, failure.step, reason)
        refusals.remember(plan.home, refusal)
        say(f"✗ {refusal.message_zh}\n  {refusal.message_en}")


def _is_published(plan: Plan) -> bool:
    newest = releases.newest(plan.home)
    return newest is not None and newest.stem == plan.run_id


def _run(plan: Plan, own: Sequence[Step]) -> Failure | None:
    """Run steps; the failure of the first that failed unforeseen."""
    with kept_open(plan.build):
        for at, step in enumerate(own):
            try:
                step(plan)
            except BaseException as error:
                if not refusals.is_unforeseen(error):
                    raise
                return Failure(at, begun(), error)
    return None


def _blamed(plan: Plan, failure: Failure) -> Delivery | None:
    """The delivery because of which a step failed; None where it also fails without any."""
    for before, suspects in _groups(plan, failure):
        fails = _Trial(plan, failure).fails
        if suspects and fails([*before, *suspects]) and not fails(before):
            good, bad = 0, len(suspects)
            while bad - good > 1:
                middle = (good + bad) // 2
                good, bad = (good, middle) if fails([*before, *suspects[:middle]]) else (middle, bad)
            return suspects[bad - 1]
    return None


def _groups(plan: Plan, failure: Failure) -> list[tuple[list[Delivery], list[Delivery]]]:
    """Deliveries to look among, each group with those it is tried upon; the cheapest first."""
    known = knowledge.deliveries(plan.home, plan.known)
    refused = refusals.standing(plan.home, definitions_hash(), known)
    present = [delivery for delivery in known if delivery.delivery_id not in refused]
    groups: list[tuple[list[Delivery], list[Delivery]]] = []
    if failure.place in tables("staging"):
        own = {feed.name for feed in feeds_of(failure.place)}
        groups.append(([], [delivery for delivery in present if delivery.feed in own]))
    if old := _released(plan):
        earlier = [delivery for delivery in present if delivery.delivery_id in old]
        groups.append((earlier, [delivery for delivery in present if delivery.delivery_id not in old]))
    return [*groups, ([], present)]


def _released(plan: Plan) -> set[str]:
    """The deliveries that the release before this run was made of."""
    before = releases.newest(plan.home) if plan.known is None else plan.follows
    if before is None:
        return set()
    return knowledge.loaded_in(before)


@dataclass(frozen=True)
class _Trial:
    """Whether deliveries make the same step fail in the same way."""

    plan: Plan
    failure: Failure

    def fails(self, deliveries: Sequence[Delivery]) -> bool:
        """Run the steps up to the one that failed on a scratch build of these deliveries alone."""
        before = releases.newest(self.plan.home) if self.plan.known is None else self.plan.follows
        known = Known(
            frozenset(delivery.delivery_id for delivery in deliveries),
            frozenset(entry.seq for entry in knowledge.events(self.plan.home, self.plan.known)),
        )
        scratch = replace(self.plan, run_id=f"{self.plan.run_id}-trial", known=known, follows=before)
        try:
            failure = _run(scratch, TRIED[: self.failure.at + 1])
        except WarehouseError:
            return False
        finally:
            scratch.build.unlink(missing_ok=True)
        if failure is None or failure.at != self.failure.at:
            return False
        return type(failure.error) is type(self.failure.error)
