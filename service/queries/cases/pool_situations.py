"""What is known of firms when a step of the pool is to be taken: membership, release, papers, role."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from service.queries.cases.memberships import Membership
from service.scope import LOCAL, roles
from tiers.cultivation.pools import pool_of
from tiers.cultivation.schema import Pool
from tiers.cultivation.why_not import Reason, Situation, why_not
from tiers.errors import NotInForce
from tiers.schema.strict import Words
from warehouse.errors import BadInput
from warehouse.models.working_days import count_between
from warehouse.release.releases import Reader


@dataclass(frozen=True)
class Act:
    """A step about to be taken: in which role, on which day, with which papers (id: where it is filed) and ground."""

    role: str
    day: date
    papers: Mapping[str, str] = field(default_factory=dict)
    ground: str | None = None


def place_of(release: Reader) -> str:
    """Code by GB/T 2260, from the table ``run``."""
    return str(release.rows("select place from desk_run__summary")[0]["place"])


def pool_here(release: Reader, day: date) -> Pool:
    """The pool of the release's place on a day; raises ``BadInput`` before the first."""
    try:
        return pool_of(place_of(release), day)
    except NotInForce as error:
        raise BadInput(error.zh, error.en) from error


def require_papers(pool: Pool, papers: Collection[str]) -> None:
    """Raise ``BadInput`` for a paper that is none of the pool's."""
    unknown = sorted(set(papers) - pool.papers.keys())
    if unknown:
        zh = "、".join(f"{name} {words.zh}" for name, words in pool.papers.items())
        raise BadInput(
            f"没有材料 {'、'.join(unknown)}；有 {zh}",
            f"there is no paper {', '.join(unknown)}; there are {', '.join(pool.papers)}",
        )


def reasons(pool: Pool, step: str, situation: Situation) -> list[Reason]:
    """Why a step may not be taken, by the words of this installation's roles."""
    return why_not(pool, step, situation, {name: Words(zh=role.zh, en=role.en) for name, role in roles().items()})


def situations(
    release: Reader, pool: Pool, members: Sequence[Membership], designation: str, act: Act
) -> dict[str, Situation]:
    """The situation of each firm, by firm, about one designation; raises ``BadInput`` for a role that there is not."""
    if act.role not in roles():
        raise BadInput(
            f"没有角色 {act.role}；有 {'、'.join(f'{name} {role.zh}' for name, role in roles().items())}",
            f"there is no role {act.role}; there are {', '.join(roles())}",
        )
    firms, place = [member.firm_id for member in members], place_of(release)
    facts, held, is_open = (
        _facts(release, pool, firms),
        _held(release, firms, designation),
        _open(release, firms, designation),
    )
    return {
        member.firm_id: Situation(
            state=member.state,
            role=None if act.role == LOCAL else act.role,
            designation=designation,
            day=act.day,
            entered_on=member.day("entered_on"),
            term_from=member.day("term_from"),
            waited=count_between(place, member.row["since"], act.day) if member.row else 0,
            papers=frozenset(act.papers),
            ground=act.ground,
            facts=facts.get(member.firm_id, {}),
            is_open=is_open.get(member.firm_id),
            is_held=member.firm_id in held,
        )
        for member in members
    }


def _facts(release: Reader, pool: Pool, firms: Sequence[str]) -> dict[str, dict[str, Any]]:
    names = sorted({need.figure for step in pool.steps.values() for need in step.needs if need.figure})
    if not names:
        return {}
    rows = release.rows(
        f"select firm_id, {', '.join(names)} from desk_firm__facts inner join desk_parameter using (day)"  # noqa: S608 - facts of the vocabulary
        " where list_contains($1::varchar[], firm_id)",
        [list(firms)],
    )
    return {row["firm_id"]: row for row in rows}


def _held(release: Reader, firms: Sequence[str], designation: str) -> set[str]:
    rows = release.rows(
        "select distinct firm_id from desk_firm__held inner join desk_parameter using (day)"
        " where designation = $1 and list_contains($2::varchar[], firm_id)",
        [designation, list(firms)],
    )
    return {row["firm_id"] for row in rows}


def _open(release: Reader, firms: Sequence[str], designation: str) -> dict[str, bool]:
    """Whether the designation can still be met, by firm; absent where no edition decides it."""
    rows = release.rows(
        "select firm_id, is_closed from desk_firm__verdicts"
        " where designation = $1 and is_selected and list_contains($2::varchar[], firm_id)",
        [designation, list(firms)],
    )
    return {row["firm_id"]: not row["is_closed"] for row in rows}
