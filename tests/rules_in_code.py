"""What a text of SQL or Python states that belongs to the rules: designations, places, and numbers it compares with."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import pairwise

from source_files import ROOT

from tiers.places import division_names
from tiers.schema.facts import vocabulary
from tiers.schema.ladder import ladder

PLACE = re.compile(r"(?<![\w-])CN(?:-[0-9A-Z]+)*\b")
NO_NAME = re.compile("市辖区|直辖")
"""What stands in the register in place of a name."""
DIVISION_CODE = re.compile(r"(?:(?<=')|^)\d{6}(?=$|')")
"""A text of its own: six digits within a sentence are a number."""
KIND_OF_DIVISION = re.compile("(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|[省市盟]|地区)$")
IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
UNIT = re.compile(r"_(fen|[a-z]+_cents)$")


@cache
def _named() -> re.Pattern[str]:
    """A designation, or a quantity of a year, as whole words of an identifier; the longer first.

    A quantity is named by its definition: ``rd_hnte`` is R&D as one ordinance counts it, whoever holds a title.
    """
    quantities = {UNIT.sub("", fact.name) for fact in vocabulary().values() if fact.is_yearly}
    names = "|".join(sorted(quantities | ladder().keys(), key=len, reverse=True))
    return re.compile(rf"(?<![^_])(?:{names})(?![^_])")


def designations(text: str) -> list[str]:
    """The identifiers of a text of which words are the code of a designation, ``hnte_since``; its Chinese name."""
    words = [
        word for word in IDENTIFIER.findall(text) if not ladder().keys().isdisjoint(_named().findall(word.lower()))
    ]
    return words if text.isascii() else [*words, *(known.zh for known in ladder().values() if known.zh in text)]


def places(text: str) -> list[str]:
    """The codes of places in a text, CN-3301, 330108; the names of divisions, 浙江省, 海淀区, 杭州."""
    codes = [*PLACE.findall(text), *(code for code in DIVISION_CODE.findall(text) if code in _divisions())]
    return codes if text.isascii() else [*codes, *_division_name().findall(text)]


@cache
def _divisions() -> dict[str, str]:
    """The names of today by code, without those that name none."""
    return {code: name for code, name, is_today in division_names() if is_today and not NO_NAME.search(name)}


@cache
def _division_name() -> re.Pattern[str]:
    """Names of provinces, prefectures and counties, the longer first; of the first two their short names too.

    Short names of counties are words, as 合作 and 大安.
    """
    names = {name for name in _divisions().values() if len(name) > len("城区")}
    large = {name for code, name in _divisions().items() if code.endswith("00")}
    names |= {KIND_OF_DIVISION.sub("", name) for name in large if KIND_OF_DIVISION.search(name)}
    return re.compile("|".join(sorted((name for name in names if len(name) > 1), key=len, reverse=True)))


TOKEN = re.compile(
    r"(?P<comment>--[^\n]*|/\*.*?\*/)|(?P<text>'(?:[^']|'')*')|(?P<quoted>\"[^\"]*\")|(?P<word>[$A-Za-z_][\w$]*)"
    r"|(?P<number>\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)|(?P<sign><=|>=|<>|!=|<<|>>|::|:=|=>|\|\||->>?|//|\S)",
    re.DOTALL | re.IGNORECASE,
)
Token = tuple[str, str]
"""Kind and text; words in small letters."""
COMPARING = {"<", "<=", ">", ">=", "=", "<>", "!=", "between", "in", "from"}
"""``from`` of ``is distinct from``; before a table it is followed by no number."""
EQUAL = {"=", "<>", "!=", "in", "from"}
ENDING = {"and", "or", "not", "when", "then", "else", "end", "on", "where", "having", "qualify", "select", "group"} | {
    *("order", "limit", "union", "as", "filter", "over", "is", "like", ",", ";")
}
OPENING, CLOSING = "([{", ")]}"
WITHOUT_THRESHOLD = {"<<", ">>", "^"}
"""Before a number: a shift or power is the bound of a machine integer. A remainder is a check digit or every n-th."""
COUNTING = {"count", "len", "length", "month", "day"}
"""Of these a number that is equal is how many parts a form has, or a part of the calendar."""
CHOOSING = {"coalesce", "greatest", "least", "nullif", "ifnull", "in"}
"""Any argument of these may be what is compared; a number alone in another function is digits, a month or a place."""
BOUNDING = {"least", "greatest"}
NAMED_NUMBER = re.compile(r"create or replace macro (\w+)\(\) as ([\d_.]+);")
FORMS = {"decimals", "digits"}
"""Parts of the name of a number of signs."""
PERCENT = "100"
"""Beside a product or quotient: a share is compared with percent."""


def tokens(sql: str) -> list[Token]:
    """The tokens of a piece of SQL without its comments."""
    matches = ((str(match.lastgroup), match[0]) for match in TOKEN.finditer(sql))
    return [(kind, text.lower() if kind == "word" else text) for kind, text in matches if kind != "comment"]


def words_of_sql(sql: str) -> str:
    """A piece of SQL without its comments."""
    return " ".join(text for _, text in tokens(sql))


def thresholds(sql: str) -> list[str]:
    """Numbers that SQL compares with, lengths of time and days.

    Not 0 and 1, which mean none and any, nor the first and last day of the calendar, which mean no bound; nor a day
    that a macro is the name of, as the first of a format. A number that a macro is the name of counts as written out,
    but for powers of ten, which are bounds of a machine and units of display, and for the decimals of a form.
    """
    read = _without_names(tokens(sql))
    return [*_compared(read), *_bounded(read), *_of_cases(read), *_times(read)]


@cache
def named_numbers() -> dict[str, str]:
    """The numbers that macros of the project are the name of."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "warehouse").rglob("*.sql"))]
    named = {name: number for text in texts for name, number in NAMED_NUMBER.findall(text)}
    return {name: number for name, number in named.items() if not _is_form(name, number)}


def _is_form(name: str, number: str) -> bool:
    digits = number.replace("_", "")
    is_power = len(digits) > len("100") and (digits.strip("9") == "" or digits.rstrip("0") == "1")
    return is_power or not FORMS.isdisjoint(name.split("_"))


def _without_names(read: Sequence[Token]) -> list[Token]:
    """The tokens with the number in place of the call of a macro that is its name."""
    written: list[Token] = []
    place = 0
    while place < len(read):
        kind, text = read[place]
        is_call = [token for _, token in read[place + 1 : place + 3]] == ["(", ")"]
        number = named_numbers().get(text) if is_call else None
        written.append((kind, text) if number is None else ("number", number))
        place += 1 if number is None else 3
    return written


def _bounded(read: Sequence[Token]) -> Iterator[str]:
    """The numbers that ``least`` and ``greatest`` bound a figure with."""
    for place, (kind, text) in enumerate(read):
        if kind == "number" and float(text.replace("_", "")) not in (0, 1) and _around(read, place) in BOUNDING:
            first = place - 1 if read[place - 1][1] == "-" else place
            before, after = read[first - 1][1], read[place + 1][1] if place + 1 < len(read) else ""
            if before in ("(", ",") and after in (",", ")"):
                yield text


def _compared(read: Sequence[Token]) -> Iterator[str]:
    for at, (_, text) in enumerate(read):
        if text not in COMPARING or (text == "from" and read[at - 1][1] != "distinct"):
            continue
        left, right = _operand(read, at, -1), _operand(read, at, 1)
        if text == "between":
            right += _operand(read, at + 1 + len(right), 1)
        counts = text in EQUAL and any(read[place][1] in COUNTING for place in left + right)
        if counts or any(read[place][1] == "%" for place in left + right):
            continue
        yield from (read[place][1] for place in left + right if _may_bound(read, place, text in EQUAL))


def _operand(read: Sequence[Token], at: int, step: int) -> list[int]:
    """The places of the tokens of one side of a comparison, without what stands in an index or as a part."""
    into, out = (OPENING, CLOSING) if step > 0 else (CLOSING, OPENING)
    depth, places_of = 0, []
    place = at + step
    while 0 <= place < len(read):
        text = read[place][1]
        if depth == 0 and (text in ENDING or text in COMPARING or text in out):
            break
        depth += (text in into) - (text in out)
        places_of.append(place)
        place += step
    return places_of


def _may_bound(read: Sequence[Token], place: int, is_equal: bool) -> bool:
    kind, text = read[place]
    (_, before), (_, after) = read[place - 1], read[place + 1] if place + 1 < len(read) else ("", "")
    if kind != "number" or float(text.replace("_", "")) in (0, 1) or before in WITHOUT_THRESHOLD:
        return False
    if (text == PERCENT and "*" in (before, after)) or (is_equal and before in ("+", "-")):
        return False  # a share in percent; the year or row so many before or after
    around = _around(read, place)
    if around == "[":
        return False
    is_argument = around and before in ("(", ",", "-") and after in (",", ")")
    return not is_argument or around in (*CHOOSING, "(")


def _around(read: Sequence[Token], place: int) -> str:
    """The function of which a token is an argument, or the bracket that it stands in."""
    depth = 0
    for before in range(place - 1, -1, -1):
        text = read[before][1]
        depth += (text in CLOSING) - (text in OPENING)
        if depth < 0:
            return read[before - 1][1] if text == "(" and read[before - 1][0] == "word" else text
    return ""


def _of_cases(read: Sequence[Token]) -> Iterator[str]:
    """The numbers that a CASE names one after another."""
    for (_, word), (kind, text) in pairwise(read):
        if word == "when" and kind == "number" and text not in ("0", "1"):
            yield text


LENGTHS = re.compile(r"'?\d+ *(?:days?|months?|years?)'?|'?\d+'?", re.IGNORECASE)


def _times(read: Sequence[Token]) -> Iterator[str]:
    unbounded = {f"'{day.isoformat()}'" for day in (date.min, date.max)}
    nothing = ("", "")
    for (_, before), (_, word), (kind, text), (_, after) in zip(
        [nothing, *read], read, read[1:], [*read[2:], nothing], strict=False
    ):
        length = after if text == "(" else text
        if word == "interval" or re.fullmatch("to_(days|months|years)", word):
            yield from [length] if LENGTHS.fullmatch(length) and length not in ("1", "'1'") else []
        elif word == "date" and kind == "text" and text not in unbounded and not (before == "as" and after == ";"):
            yield text
