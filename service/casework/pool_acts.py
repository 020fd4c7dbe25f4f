"""Steps of the pool: of one firm, of all that give a signal, and their undo."""

from collections.abc import Mapping
from typing import Any

from service.casework.form import Act, SentForm
from service.decisions import pool
from service.queries.cases.pool_situations import Act as PoolAct
from warehouse.errors import BadInput


def _step(form: SentForm) -> Any:
    return pool.take_step(
        form.home, form.firm_id, form.text("step"), form.text_or_none("designation"), _act(form), form.signed
    )


def _entered_by_signal(form: SentForm) -> Any:
    step, signal, title = form.text("step") or pool.ENTER, form.text("signal"), form.text("designation")
    chosen = form.fields.get("firms")
    firms = frozenset(map(str, chosen)) if isinstance(chosen, list | tuple) else None
    if firms == frozenset():
        raise BadInput("请从名单中勾选企业", "tick firms of the list")
    return pool.take_all(form.home, signal, title, _act(form), form.signed, step, firms)


def _act(form: SentForm) -> PoolAct:
    return PoolAct(form.scope.role, form.signed.today, _papers(form), form.text_or_none("ground"))


def _papers(form: SentForm) -> dict[str, str]:
    """Papers and where each is filed, a line each as ``panel_minutes=2026-17``; raises ``BadInput`` for other lines."""
    given = form.fields.get("papers")
    if isinstance(given, Mapping):
        return {str(paper): str(where) for paper, where in given.items()}
    papers = {}
    for line in filter(None, map(str.strip, form.text("papers").splitlines())):
        paper, sign, where = line.partition("=")
        if not (sign and paper.strip() and where.strip()):
            raise BadInput(
                f"材料每行写作 名称=存放处，如 panel_minutes=2026-17：{line}",
                f"write a paper a line as panel_minutes=2026-17: {line}",
            )
        papers[paper.strip()] = where.strip()
    return papers


POOL_ACTS: Mapping[str, Act] = {
    "step": Act(_step, seen="pool"),
    "step_all": Act(_entered_by_signal, is_of_firms=True),
}
