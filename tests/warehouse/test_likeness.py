"""Proposals for names do not depend on how many names are compared at a time."""

from dataclasses import replace
from pathlib import Path

import polars as pl

from warehouse.database.build import Build
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


def test_a_name_that_shares_place_and_industry_alone_gets_no_candidate(tmp_path: Path) -> None:
    known = [
        "华文食品股份有限公司",
        "中粮生物科技股份有限公司",
        "福建安井食品股份有限公司",
        "上海悦心健康集团股份有限公司",
    ]
    unlike = ["四川茂华食品有限公司", "河南广安制药股份有限公司", "福建远望食品股份有限公司"]
    like = {"安井食品集团股份有限公司": "2", "华文食品有限责任公司": "0", "福建安并食品股份有限公司": "2"}
    with Build.open(tmp_path / "names.duckdb") as build:
        columns = "*, 'registered' as kind, name as name_norm, core_name(name) as core_name"
        firms = pl.DataFrame({"firm_id": [str(number) for number in range(len(known))], "name": known})
        build.put("core_firm__names", firms, select=columns)
        proposals = propose(build, pl.Series([*unlike, *like]))

    assert dict(proposals.group_by("query").first().select("query", "firm_id").iter_rows()) == like
