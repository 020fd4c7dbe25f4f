"""Spellings of a heading: the text without the marks, remarks, numbers and translations that forms add to it."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_LONGEST = 80
"""Characters; a longer text is no heading."""

_REMARK = (
    r"必填项?|选填项?|非必填|可选|可不填|可空|必录|单选|多选|下拉选择|下拉|唯一|只读|文本格式|不得为空|不能为空"
    r"|(?:币种[:：]?)?(?:人民币|RMB|CNY)|(?:格式|如|例|例如|请)[^()]*|required|optional|mandatory"
)
_DECORATIONS = (
    re.compile(r"^[*※★☆●○◆◇■□▲△▼▽#:\s]+|[*※★☆●○◆◇■□▲△▼▽#:\s]+$"),
    re.compile(rf"[(\[【〔]\s*(?:{_REMARK})\s*[)\]】〕]$", re.IGNORECASE),
    re.compile(
        r"^(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.、:)\]]\s*|^[(\[]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)\]]"
    ),
    re.compile(r"^\d{1,2}\s+(?=\D)"),
)
_UNIT = re.compile(r"\s*\([^()]*\)$")
_LATIN = r"[A-Za-z][A-Za-z0-9 .,&'/%_\-]*"
_HAN = r"[\u3400-\u9fff].*"
_BILINGUAL = (
    re.compile(rf"^(?P<latin>{_LATIN}?)[\s/|(-]*(?P<han>{_HAN}?)\)?$", re.DOTALL),
    re.compile(rf"^(?P<han>{_HAN}?)[\s/|(-]*(?P<latin>{_LATIN})\)?$", re.DOTALL),
)


@lru_cache(maxsize=10_000)
def spellings(heading: str) -> tuple[str, ...]:
    """The heading without decoration, then its Chinese part; none of them where the text has nothing to leave out.

    ``*1.企业名称 Company Name（必填）`` gives ``企业名称 Company Name`` and ``企业名称``.
    """
    if len(heading) > _LONGEST or (heading.isascii() and not any(map(str.isalpha, heading))):  # figures, days
        return ()
    plain = _undecorated(unicodedata.normalize("NFKC", heading))
    return tuple(dict.fromkeys(text for text in (plain, *_chinese(plain)) if text and text != heading))


def _undecorated(text: str) -> str:
    before = None
    while before != text:
        before = text
        for decoration in _DECORATIONS:
            text = decoration.sub("", text)
    return text


def _chinese(text: str) -> Iterator[str]:
    """The Chinese part of a heading in two languages, with the unit at its end.

    A lone acronym is part of the term: ``PCT 专利申请`` is not 专利申请.
    """
    unit = _UNIT.search(text)
    for body, end in ((text, ""), (text[: unit.start()], unit[0]) if unit else ("", "")):
        for pattern in _BILINGUAL:
            match = pattern.match(body)
            if match and _is_translation(match["latin"]):
                yield match["han"].rstrip(" (/|-\n") + end


def _is_translation(latin: str) -> bool:
    words = re.findall("[A-Za-z]{2,}", latin)
    return len(words) > 1 or any(re.search("[a-z]", word) for word in words)
