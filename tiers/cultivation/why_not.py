"""Why a step of the pool may not be taken, in words of both languages; no reason: it may."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tiers.calendar import years_after
from tiers.cultivation.schema import OUTSIDE, Need, Pool, Step
from tiers.messages.counted import counted
from tiers.schema.ladder import ladder
from tiers.schema.strict import Words


@dataclass(frozen=True)
class Situation:
    """What is known of a firm on the day a step is to be taken.

    ``role``: None may take every step, as who runs this machine. ``facts``: those of the release, None or absent is
    not known. ``is_open``: the designation can still be met, None where no edition decides it. ``term_from``: the day
    it entered or was last renewed. ``waited``: working days in the present state. ``papers``: ids of those provided.
    """

    state: str
    role: str | None
    designation: str
    day: date
    entered_on: date | None = None
    term_from: date | None = None
    waited: int = 0
    papers: frozenset[str] = frozenset()
    ground: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_open: bool | None = None
    is_held: bool = False


@dataclass(frozen=True)
class Reason:
    """Something that stands against a step: ``need`` is its id, or state, role, ground, step."""

    need: str
    zh: str
    en: str


def why_not(pool: Pool, name: str, situation: Situation, roles: Mapping[str, Words]) -> list[Reason]:
    """The reasons against a step, in the order of its definition; a step the pool lacks is one reason.

    ``roles``: the words of every role.
    """
    step = pool.steps.get(name)
    if step is None:
        zh, en = "、".join(pool.steps), ", ".join(pool.steps)
        return [
            Reason("step", f"“{pool.title.zh}”没有步骤 {name}；有 {zh}", f"there is no step {name}; there are {en}")
        ]
    return [
        *_of_state(pool, step, situation),
        *_of_role(step, situation, roles),
        *_of_ground(pool, step, situation),
    ] + [reason for need in step.needs if (reason := _of_need(pool, need, situation)) is not None]


def _of_state(pool: Pool, step: Step, situation: Situation) -> Iterator[Reason]:
    is_outside = pool.has_left(situation.state)
    if situation.state in step.from_ or (is_outside and OUTSIDE in step.from_):
        return
    now = _state_words(pool, situation.state)
    from_zh = "、".join(_state_words(pool, state).zh for state in step.from_)
    from_en = ", ".join(_state_words(pool, state).en for state in step.from_)
    yield Reason(
        "state", f"目前“{now.zh}”，“{step.zh}”须在：{from_zh}", f"it is {now.en}; “{step.en}” starts from: {from_en}"
    )


def _state_words(pool: Pool, state: str) -> Words:
    return pool.states.get(state) or Words(zh="库外", en="outside the pool")


def _of_role(step: Step, situation: Situation, roles: Mapping[str, Words]) -> Iterator[Reason]:
    if situation.role is None or situation.role in step.by:
        return
    zh, en = "、".join(roles[role].zh for role in step.by), ", ".join(roles[role].en for role in step.by)
    own = roles[situation.role]
    yield Reason("role", f"{own.zh}不能办理，由 {zh} 办理", f"not for the {own.en}: it is taken by {en}")


def _of_ground(pool: Pool, step: Step, situation: Situation) -> Iterator[Reason]:
    if step.asks_ground and situation.ground not in pool.grounds:
        zh = "、".join(f"{name} {words.zh}" for name, words in pool.grounds.items())
        en = ", ".join(pool.grounds)
        yield Reason("ground", f"须写明出库理由：{zh}", f"name the ground: {en}")
    elif not step.asks_ground and situation.ground is not None:
        yield Reason("ground", f"“{step.zh}”没有出库理由可填", f"“{step.en}” takes no ground")


def _of_need(pool: Pool, need: Need, situation: Situation) -> Reason | None:
    if need.of and situation.designation not in need.of:
        return None
    missing = _MISSING[need.kind](pool, need, situation)
    if missing is None:
        return None
    zh, en = f"须{need.zh}，但{missing.zh}", f"required: {need.en}; but {missing.en}"
    if need.way_out is not None:
        zh, en = f"{zh}；{need.way_out.zh}", f"{en}; {need.way_out.en}"
    return Reason(need.id, zh, en)


def _paper(pool: Pool, need: Need, situation: Situation) -> Words | None:
    if need.paper is None or need.paper in situation.papers:
        return None
    paper = pool.papers[need.paper]
    return Words(zh=f"缺《{paper.zh}》（{need.paper}）", en=f"the paper {need.paper} ({paper.en}) is missing")


def _figure(_: Pool, need: Need, situation: Situation) -> Words | None:
    value = situation.facts.get(need.figure or "")
    if value is None:
        return Words(zh="发布版中没有这个数", en="the release does not know this figure")
    if need.is_ is not None and value is not need.is_:
        return Words(zh="发布版所示不符", en="the release says otherwise")
    return None


def _verdict(_: Pool, need: Need, situation: Situation) -> Words | None:
    title = ladder()[situation.designation]
    if situation.is_open is None:
        return Words(zh=f"没有判定 {title.zh} 的结论", en=f"there is no verdict on {title.en}")
    if not situation.is_open:
        return Words(zh=f"已不可能达到 {title.zh}", en=f"{title.en} can never be met again")
    return None


def _holds(_: Pool, need: Need, situation: Situation) -> Words | None:
    title = ladder()[situation.designation]
    if situation.is_held is need.holds:
        return None
    if situation.is_held:
        return Words(zh=f"已持有 {title.zh}", en=f"the title {title.en} is held")
    return Words(zh=f"名单中没有它的 {title.zh}", en=f"no list grants it {title.en}")


_NO_ENTRY = Words(zh="没有入库日期", en="there is no day of entry")


def _waited(_: Pool, need: Need, situation: Situation) -> Words | None:
    if need.waited is None or situation.waited >= need.waited:
        return None
    return Words(
        zh=f"已过 {situation.waited} 个工作日，须满 {need.waited} 个",
        en=f"{counted(situation.waited, 'working day has', 'working days have')} passed of {need.waited}",
    )


def _years(_: Pool, need: Need, situation: Situation) -> Words | None:
    if situation.term_from is None:
        return _NO_ENTRY
    over = years_after(situation.term_from, need.years or 0)
    if situation.day >= over:
        return None
    return Words(zh=f"{situation.term_from} 起，{over} 期满", en=f"from {situation.term_from}, over on {over}")


def _calendar_years(_: Pool, need: Need, situation: Situation) -> Words | None:
    if situation.entered_on is None:
        return _NO_ENTRY
    if situation.day.year - situation.entered_on.year >= (need.calendar_years or 0):
        return None
    return Words(zh=f"{situation.entered_on} 入库", en=f"entered on {situation.entered_on}")


_MISSING: dict[str, Callable[[Pool, Need, Situation], Words | None]] = {
    "paper": _paper,
    "figure": _figure,
    "verdict": _verdict,
    "holds": _holds,
    "waited": _waited,
    "years": _years,
    "calendar_years": _calendar_years,
}
