"""SQL functions that parse company names: NFKC, and regular expressions for places and legal forms.

A name consists of place, trade name, industry and legal form: 杭州 · 甲乙 · 智能科技 · 有限公司. The place may be in
brackets.
"""

import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import duckdb
import polars as pl

from tiers.csv_file import read_csv
from tiers.places import division_names

LEGAL_FORMS = Path(__file__).parents[2] / "models" / "seeds" / "legal_forms.csv"
_KINDS = "特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|地区|省|市|盟"
_ETHNIC_GROUPS = (
    "朝鲜族|土家族|苗族|侗族|布依族|彝族|哈尼族|壮族|傣族|景颇族|傈僳族|白族|藏族|羌族|回族|蒙古族|蒙古|哈萨克|柯尔克孜"
)

_PROVINCE_DIGITS = 2
"""GB/T 2260: a code begins with its province."""
_NO_PLACE = re.compile("^(市辖区|县|市)$|直辖|(?<!特别)行政区")


@lru_cache
def places() -> pl.DataFrame:
    """Provinces, prefectures and county-level cities since 1980: ``place`` as in names (杭州), ``code`` of GB/T 2260.

    A name with several codes has its present code, a province before a prefecture; null if it is in two provinces.
    """
    rows = [
        (_short(name), code, is_today)
        for code, name, is_today in division_names()
        if (code.endswith("00") or name.endswith("市")) and not _NO_PLACE.search(name)
    ]
    names = pl.DataFrame(rows, schema=["place", "code", "is_today"], orient="row")
    newest = names.filter(pl.col("is_today") == pl.col("is_today").max().over("place"))
    code = pl.col("code")
    province = code.filter(code.str.ends_with("0000")).first()
    in_one_province = pl.when(code.str.head(_PROVINCE_DIGITS).n_unique() == 1).then(code.min())
    return newest.group_by("place").agg(code=pl.coalesce(province, in_one_province)).sort("place")


def _short(name: str) -> str:
    """A place as in company names: without its kind and the name of an ethnic group."""
    return re.sub(f"(?<=..)({_ETHNIC_GROUPS})*({_KINDS})$", "", name)


@lru_cache
def _patterns() -> dict[str, str]:
    forms = [row["legal_form"] for row in read_csv(LEGAL_FORMS)]
    place = f"(?:{_any_of(places()['place'].to_list())})(?:{_KINDS})?"
    return {
        "legal_form_pattern": f"(?:{_any_of(forms)})$",
        "leading_place_pattern": f"^(?:{place})+",
        "bracketed_place_pattern": rf"\((?:{place})+\)",
        "place_kind_pattern": f"(?:{_KINDS})$",
    }


def _any_of(words: list[str]) -> str:
    """A regular expression for any of some words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def register_nfkc(con: duckdb.DuckDBPyConnection) -> None:
    """Register ``nfkc(text)`` on a connection that lacks it; Python functions are not stored in database files."""
    import pyarrow as pa  # whose import costs more than a query, and only this function needs it
    import pyarrow.compute as pc
    from duckdb.func import ARROW

    def nfkc(names: pa.Array) -> pa.Array:
        return pc.utf8_normalize(names, "NFKC")

    with suppress(duckdb.NotImplementedException):  # it is there; a call of one that is not takes ten times as long
        con.create_function("nfkc", nfkc, ["VARCHAR"], "VARCHAR", type=ARROW)


def create_pattern_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Create a macro without arguments for each pattern of names."""
    for name, pattern in _patterns().items():
        con.execute(f"create or replace macro {name}() as '{pattern.replace(chr(39), chr(39) * 2)}'")
