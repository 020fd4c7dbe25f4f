"""Lists for incubators: one CSV each with its own tenants only, and a side file that says what it is."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from warehouse.database import Snapshot
from warehouse.errors import BadInput
from warehouse.outputs.file_names import paths_for
from warehouse.spreadsheet import csv_bytes

COLUMNS = {
    "firm_id": "统一社会信用代码",
    "name": "企业名称",
    "entered_on": "入孵日期",
    "held_zh": "持有",
    "met_zh": "达到",
    "eligible_zh": "可申报（含待评审）",
    "movement_zh": "动向",
    "reason_zh": "原因",
    "next_zh": "下一级",
    "next_condition_zh": "卡在",
    "next_gap_zh": "差距",
    "missing_zh": "缺少的数据",
    "due_on": "持有到期日",
    "revenue_wan": "上年营业收入（万元）",
    "rd_share_pct": "上年研发费用占比（%）",
    "staff_end": "上年末从业人员（人）",
}
"""The columns of an extract with their headings, in order."""

ROWS = """
select tenant.firm_id, mover.name, tenant.entered_on, held.zh as held_zh, met.zh as met_zh, eligible.zh as eligible_zh,
    said.zh as movement_zh, mover.reason_zh, next.zh as next_zh, mover.next_condition_zh, mover.next_gap_zh,
    mover.missing_zh, mover.due_on, round(mover.revenue_y0_fen / 1000000.0, 2) as revenue_wan,
    round(mover.rd_share_y0_pct, 2) as rd_share_pct, mover.staff_end_y0 as staff_end
from core_firm__tenancies as tenant
inner join mart_movers__firms as mover using (firm_id)
cross join parameter
left join ref_designations as held on mover.held = held.designation
left join ref_designations as met on mover.met = met.designation
left join ref_designations as eligible on mover.eligible = eligible.designation
left join ref_designations as next on mover.next_designation = next.designation
left join ref_movements as said on mover.movement = said.movement
where tenant.incubator = $1
    and tenant.entered_on <= parameter.day
    and (tenant.graduated_on is null or tenant.graduated_on > parameter.day)
qualify row_number() over (partition by tenant.firm_id order by tenant.entered_on desc) = 1
order by tenant.firm_id
"""


def write_extracts(release: Path, out: Path, incubator: str | None) -> list[Path]:
    """Write a CSV with its side file for one incubator or for all, named by ``file_stem``.

    Raises ``BadInput`` on a name nobody has, and where two incubators' files would have one name.
    """
    with Snapshot.open(release) as snapshot:
        known = snapshot.column(
            "select distinct incubator from core_firm__tenancies where incubator is not null order by 1"
        )
        if incubator is not None and incubator not in known:
            listed = "、".join(known) or "（无）"
            raise BadInput(
                f"没有名为“{incubator}”的孵化器；已知：{listed}",
                f"there is no incubator {incubator!r}; known: {listed}",
            )
        out.mkdir(parents=True, exist_ok=True)
        about = _about(snapshot)
        paths = paths_for(out, known, ".csv")
        return [
            _write(snapshot, paths[name], name, about) for name in ([incubator] if incubator is not None else known)
        ]


def _write(snapshot: Snapshot, path: Path, incubator: str, about: dict[str, Any]) -> Path:
    rows = snapshot.rows(ROWS, [incubator])
    content = csv_bytes(COLUMNS, ({**row, "firm_id": as_text(row["firm_id"])} for row in rows))
    side = {
        **about,
        "incubator": incubator,
        "file": path.name,
        "rows": len(rows),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    _replace(
        path.with_suffix(".json"),
        json.dumps(side, ensure_ascii=False, indent=1, default=str).encode(),
    )
    _replace(path, content)
    return path


def as_text(code: str) -> str:
    """A credit code is a text to Excel by its letters; one that looks like a number keeps its digits behind a tab."""
    return f"\t{code}" if re.fullmatch(r"\d+(E\d+)?", code) else code


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def _about(snapshot: Snapshot) -> dict[str, Any]:
    """The day, the run, the editions asked and what the columns mean."""
    run = snapshot.rows("select run_id as run, day as as_of, place from run")
    editions = snapshot.rows(
        "select distinct e.edition_id as edition, e.title_zh as title, e.document, e.number, e.confidence"
        " from ref_editions as e inner join core_tiers__verdicts as v using (edition_id) where v.is_selected order by 1"
    )
    return {
        **run[0],
        "editions": editions,
        "columns": {heading: name for name, heading in COLUMNS.items()},
    }
