"""Which firm an input means: a code, a stock code, a certificate number, any name it ever had."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from warehouse.database.build import normalised
from warehouse.errors import BadInput
from warehouse.release.releases import Reader
from warehouse.rows import Row

_SHOWN = "firm_id, firm.name, uscc, firm.stock_code, founded_on, status, is_living, ended_on, incubator, industry_code"
_BY_CODE = (
    f"select {_SHOWN}, 'code' as matched_by, null as matched_name from desk_firm__profile as firm"  # noqa: S608 - our names
    " where firm_key = firm_key($1) and firm_id = $1"
)
_WAYS = """
    select firm_id, 'stock_code' as matched_by, stock_code as matched_name from desk_firm__shares where stock_code = $1
    union all
    select firm_id, 'certificate', certificate_no from desk_title
    where certificate_no = upper($1) and firm_id is not null
    union all
    select firm_id, kind, name from desk_firm__names where name_norm = $2 or name = $1
"""
BY = {
    "code": ("代码", "code"),
    "registered": ("现名称", "its name"),
    "former": ("曾用名", "former name"),
    "announced": ("更名公告中的名称", "name in a renaming notice"),
    "as_listed": ("人工确认的名称", "name confirmed by a person"),
    "short": ("简称", "short name"),
    "stock_code": ("股票代码", "stock code"),
    "certificate": ("证书编号", "certificate number"),
}
"""By which name or number a firm was matched, in both languages, the surest first."""


def find_firm(published: Reader, words: str) -> Row:
    """The one firm that is meant, with ``matched_by`` and the name or number it was found by; else ``BadInput``."""
    sought = words.strip()
    by_code = published.rows(_BY_CODE, [sought.upper()]) or published.rows(_BY_CODE, [sought])
    if by_code:
        return by_code[0]
    firms = published.rows(
        f"select {_SHOWN}, matched_by, matched_name from ({_WAYS}) as way"  # noqa: S608 - our names
        " inner join desk_firm__profile as firm using (firm_id)"
        " qualify row_number() over (partition by firm_id order by list_position($3, matched_by), matched_name) = 1"
        " order by firm_id",
        [sought, normalised(sought), list(BY)],
    )
    if not firms:
        raise _nobody(published, sought)
    if len(firms) > 1:
        listed = "、".join(f"{row['name']} {row['firm_id']}（{BY[row['matched_by']][0]}）" for row in firms)
        raise BadInput(f"“{words}”对应多家企业：{listed}", f"{words!r} means several firms: {listed}")
    return firms[0]


def has_ended(firm: Mapping[str, Any], day: date) -> bool:
    """Whether a firm no longer exists on a day; one that ended on an unknown day has ended."""
    return firm["is_living"] is False and (firm["ended_on"] is None or firm["ended_on"] <= day)


def _nobody(published: Reader, words: str) -> BadInput:
    near = published.rows(
        "select name from desk_firm where contains(name, $1) order by len(name) limit 5",
        [words],
    )
    known = "、".join(row["name"] for row in near)
    hint_zh, hint_en = (f"；相近的有 {known}", f"; there are {known}") if known else ("", "")
    return BadInput(f"没有这家企业：{words}{hint_zh}", f"there is no such firm: {words}{hint_en}")
