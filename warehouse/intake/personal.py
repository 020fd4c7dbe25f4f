"""Telephone and identity numbers and e-mail addresses in free text: masked before the text leaves ``landing/``.

Credit codes, certificates and amounts keep their digits: an identity number has a date of birth and no letter before
it, a telephone number no unit after it.
"""

import re
from collections.abc import Collection

import polars as pl

from warehouse.intake.readers.grid import any_cells

MASK = "\uff3b隐去 masked\uff3d"

_D = "[0-9\uff10-\uff19]"
_GAP = r"[ \u00a0\u3000.·\-\u2014\u2013\uff0d]{0,2}"
_DIGIT_1, _DIGIT_0 = "[1\uff11]", "[0\uff10]"
_BEFORE, _AFTER = (
    r"(^|[^0-9\uff10-\uff19A-Za-z.,\uff0c])",
    r"($|[^0-9\uff10-\uff19A-Za-z.,\uff0c万亿千百元美%\uff05]|[.,\uff0c](?:$|[^0-9\uff10-\uff19]))",
)
_SPLIT = rf"(?:{_D}{_GAP})"
_NUMBERS = (
    rf"[1-8\uff11-\uff18]{_SPLIT}{{5}}(?:[1\uff11][9\uff19]|[2\uff12][0\uff10]){_SPLIT}?{_SPLIT}{{8,10}}{_D}?{_GAP}[0-9\uff10-\uff19Xx\uff38\uff58]",
    rf"(?:[+\uff0b]?[8\uff18][6\uff16]{_GAP})?{_DIGIT_1}{_GAP}[3-9\uff13-\uff19]{_GAP}{_SPLIT}{{8}}{_D}",
    rf"[(\uff08]?{_DIGIT_0}{_D}{{2,3}}[)\uff09]?{_GAP}[1-9\uff11-\uff19]{_SPLIT}{{5,6}}{_D}",
    rf"[48\uff14\uff18]{_DIGIT_0}{_DIGIT_0}{_GAP}{_D}{{3,4}}{_GAP}{_D}{{3,4}}",
)
_EMAIL = r"[A-Za-z0-9\uff10-\uff19._%+\-]+\s?[@\uff20]\s?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+"
_NUMBER = f"{_BEFORE}(?:{'|'.join(_NUMBERS)}){_AFTER}"
_LABELLED = (
    rf"((?:电\s*话|手\s*机|座\s*机|传\s*真|联系方式|身份证(?:号码?)?|微信|QQ|(?i:tel|phone|mobile|fax))[^0-9\uff10-\uff19\n]{{0,12}})"
    rf"{_D}{_SPLIT}{{4,20}}[0-9\uff10-\uff19Xx\uff38\uff58]"
)
_NUMBER_RULE = (_NUMBER, rf"\g<1>{MASK}\g<2>", f"${{1}}{MASK}${{2}}")
_RULES = (
    (_EMAIL, MASK, MASK),
    (_LABELLED, rf"\g<1>{MASK}", f"${{1}}{MASK}"),
    _NUMBER_RULE,
    _NUMBER_RULE,  # a match takes the sign before the next number
)
_LABELS = r"电\s*话|手\s*机|联系|传\s*真|身份证|邮箱|(?i:tel|phone|mobile|e-?mail)"
"""Words beside which a number is a person's, whatever the column."""
_PERHAPS = rf"{_D}(?:{_GAP}{_D}){{6}}|[@\uff20]"
_WORDS = r"\p{Han}|[A-Za-z@\uff20]"


def masked_text(text: str) -> str:
    """The text without telephone numbers, identity numbers and e-mail addresses."""
    for pattern, replacement, _ in _RULES:
        text = re.sub(pattern, replacement, text)
    return text


def masked(text: pl.Expr) -> pl.Expr:
    """As ``masked_text``, for a column of texts."""
    for pattern, _, replacement in _RULES:
        text = text.str.replace_all(pattern, replacement)
    return text


def mask_columns(rows: pl.DataFrame, texts: Collection[str]) -> pl.DataFrame:
    """The rows with masked cells: in columns of text beside words, in all columns beside a word such as 电话."""
    perhaps = any_cells(rows, _PERHAPS)
    labelled = any_cells(rows.select(name for name in perhaps if name not in texts), _LABELS)
    return rows.with_columns(
        pl.when(pl.col(name).str.contains(_WORDS if name in texts else _LABELS))
        .then(masked(pl.col(name)))
        .otherwise(pl.col(name))
        .alias(name)
        for name in perhaps
        if name in labelled or name in texts
    )
