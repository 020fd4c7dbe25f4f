"""Scopes and accesses in words: what is kept as a code has a word in both languages."""

import pytest

from dash_app.pages.admin.forms import ACTS as OFFICE_ACTS
from dash_app.wording.lists import filter_names, list_titles
from service.casework import DATA_ACTS
from service.casework.acts import ACTS
from service.people.access_words import detail_words, subject_words
from service.people.scope_words import scope_words
from service.people.scopes import parsed

pytestmark = pytest.mark.rule("two-languages")

ZONES = {"hz": {"zh": "杭州高新区", "en": "Hangzhou zone"}}


@pytest.mark.parametrize(
    ("kind", "keys", "zh", "en"),
    [
        ("zone", (), "全区", "the whole zone"),
        ("park", ("330108", "110108"), "园区：滨江区、海淀区", "park: Binjiang District, Haidian District"),
        ("incubator", ("云谷",), "孵化器：云谷", "incubator: 云谷"),
        ("own", (), "本人名下企业", "own firms"),
        ("zones", ("all",), "所有高新区", "all zones"),
        ("zones", ("hz", "nb"), "高新区：杭州高新区、nb", "zones: Hangzhou zone, nb"),
        ("own@hz", (), "杭州高新区 · 本人名下企业", "own firms in Hangzhou zone"),
        ("park@hz", ("330108",), "杭州高新区 · 园区：滨江区", "park: Binjiang District in Hangzhou zone"),
    ],
)
def test_a_scope_is_read_in_words(kind: str, keys: tuple[str, ...], zh: str, en: str) -> None:
    assert (scope_words(kind, keys, "zh", ZONES), scope_words(kind, keys, "en", ZONES)) == (zh, en)


def test_every_scope_of_a_home_has_words() -> None:
    for written in ("zone", "own", "park:330108", "incubator:A"):
        assert scope_words(*parsed(written), "zh")


def test_what_was_done_is_read_in_words() -> None:
    kept = {"act": "hand_over", "rows": 12, "sha256": "a" * 64, "filters": {"signal": "slowed"}, "token": None}

    assert detail_words(kept, "zh", filter_names("zh")) == "做法 移交；行数 12；文件指纹 aaaaaaaaaaaa；筛选 信号 slowed"
    assert detail_words({"by": ["password"]}, "en") == "by password"
    assert detail_words({"by": "password"}, "en") == "by password"
    assert detail_words({}, "en") == ""
    assert subject_words({"thing": "list", "name": "movers"}, "zh", list_titles("zh")) == "名单 企业动向"
    assert subject_words({"thing": "office", "name": "create"}, "en") == "accounts and tokens account created"
    assert subject_words({"thing": "case", "name": "-"}, "zh") == "企业档案 多家企业"
    assert subject_words({"subject": "/admin", "thing": "/admin", "name": ""}, "zh") == "/admin"


def test_every_act_that_is_recorded_has_words() -> None:
    acts = {*ACTS, *DATA_ACTS, *OFFICE_ACTS, "save", "share", "unshare", "remove_view"}

    as_codes = {act for act in acts if detail_words({"act": act}, "zh") == f"做法 {act}"}

    assert as_codes == set()
