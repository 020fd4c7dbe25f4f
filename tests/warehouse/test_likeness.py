"""Proposals for names do not depend on the batch size."""

from dataclasses import replace
from pathlib import Path

import polars as pl

from warehouse.database import writing
from warehouse.identity.likeness import limits, propose

KNOWN = ["杭州甲乙科技有限公司", "杭州甲丙科技有限公司", "宁波丁戊机械有限公司", "浙江己庚软件股份有限公司"]
UNMATCHED = pl.Series(["杭州甲乙科技公司", "宁波丁戊机械厂", "浙江己庚软件有限公司", "嘉兴辛壬食品有限公司"])


def test_the_batch_size_changes_no_proposal(tmp_path: Path) -> None:
    known = pl.DataFrame({"firm_id": [str(number) for number in range(len(KNOWN))], "name": KNOWN})
    with writing(tmp_path / "names.duckdb") as con:
        con.register("known", known)
        con.execute(
            "create table core_firm__names as select *, 'registered' as kind, name as name_norm, core_name(name)"
            " as core_name from known"
        )
        at_once = propose(con, UNMATCHED)
        batched = propose(con, UNMATCHED, replace(limits(), names_at_a_time=1))

    assert batched.sort("asked", "firm_id").equals(at_once.sort("asked", "firm_id"))
    assert dict(at_once.group_by("asked").first().select("asked", "firm_id").iter_rows()) == {
        "杭州甲乙科技公司": "0",
        "宁波丁戊机械厂": "2",
        "浙江己庚软件有限公司": "3",
    }
