"""Proposals for names do not depend on how many names are compared at a time."""

from dataclasses import replace
from pathlib import Path

import polars as pl

from warehouse.database import Build
from warehouse.identity.likeness import limits, propose

KNOWN = ["杭州甲乙科技有限公司", "杭州甲丙科技有限公司", "宁波丁戊机械有限公司", "浙江己庚软件股份有限公司"]
QUERIES = pl.Series(["杭州甲乙科技公司", "宁波丁戊机械厂", "浙江己庚软件有限公司", "嘉兴辛壬食品有限公司"])


def test_the_size_of_a_chunk_changes_no_proposal(tmp_path: Path) -> None:
    known = pl.DataFrame({"firm_id": [str(number) for number in range(len(KNOWN))], "name": KNOWN})
    with Build.open(tmp_path / "names.duckdb") as con:
        columns = "*, 'registered' as kind, name as name_norm, core_name(name) as core_name"
        con.put("core_firm__names", known, select=columns)
        proposals = propose(con, QUERIES)
        parts = propose(con, QUERIES, replace(limits(), names_at_a_time=1))

    assert parts.sort("query", "firm_id").equals(proposals.sort("query", "firm_id"))
    assert dict(proposals.group_by("query").first().select("query", "firm_id").iter_rows()) == {
        "杭州甲乙科技公司": "0",
        "宁波丁戊机械厂": "2",
        "浙江己庚软件有限公司": "3",
    }
