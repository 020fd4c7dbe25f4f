"""The roles that an account may have: those of ``roles.yml`` that are people's."""

from service.people.scopes import AT, ZONES
from service.scope import LOCAL, PIPELINE, roles
from warehouse.errors import BadInput

SHORT = {"admin": "administrator"}
MINISTRY = "ministry"
"""Has a place in an installation of many zones only."""


def assignable() -> list[str]:
    """The roles of accounts, in the order of the file."""
    return [name for name in roles() if name not in (LOCAL, PIPELINE)]


def role_of(word: str, scope_kind: str) -> str:
    """The role of a word; raises ``BadInput`` for an unknown one, and for an incubator's without its scope."""
    role, known = SHORT.get(word, word), assignable()
    if role not in known:
        short = {name: word for word, name in SHORT.items()}
        zh, en = (
            [f"{getattr(roles()[name], lang)} {short.get(name, name)}" for name in known] for lang in ("zh", "en")
        )
        raise BadInput(f"角色 {word} 应为 {'、'.join(zh)} 之一", f"the role {word} is none of: {', '.join(en)}")
    if role == MINISTRY and scope_kind != ZONES:
        raise BadInput(
            "主管部门账户属于多区安装，须写明范围：--scope zones:代码 或 zones:all",
            "an account of the ministry is of an installation of many zones, with the scope zones:CODE or zones:all",
        )
    if role == "incubator" and scope_kind.partition(AT)[0] != "incubator":
        raise BadInput(
            "孵化器账户须写明范围：--scope incubator:名称", "an account of an incubator has the scope incubator:NAME"
        )
    return role
