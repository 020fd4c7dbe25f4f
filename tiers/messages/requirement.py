"""Messages: the requirement of a condition, ``≥ 5%``."""

from tiers.messages.counted import counted
from tiers.messages.figures import currency_word, is_currency, unit_word, word
from tiers.metrics import metric_of
from tiers.schema.condition import Band, Comparison, Conduct, Discretion, Exclusion, Leaf, Test, Unavailable
from tiers.schema.conduct import conduct_words
from tiers.schema.literal import Literal

MILLION = 10**6
SIGNS = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<", "is": "="}


def required(leaf: Leaf, lang: str) -> str:
    """As in ``≥ 5% （上年营业收入 ≤ 5000 万元）；≥ 4% …``; empty where people decide."""
    if isinstance(leaf, Discretion):
        return "由人评审" if lang == "zh" else "for people to decide"
    if isinstance(leaf, Unavailable):
        return "条文未见全文" if lang == "zh" else "the text was not available"
    if isinstance(leaf, Exclusion):
        codes = leaf.excluded_industries
        return f"行业代码不属于 {'、'.join(codes)}" if lang == "zh" else f"industry code not in {', '.join(codes)}"
    if isinstance(leaf, Conduct):
        return _conduct(leaf, lang)
    if isinstance(leaf, Comparison):
        joint = "；" if lang == "zh" else "; "
        tests = joint.join(_band(band, lang) for band in leaf.bands) if leaf.bands else _test(leaf, lang)
        return _denied(leaf, lang) + tests + _window(leaf, lang) + _other_reading(leaf, lang)
    return _test(leaf, lang) if isinstance(leaf, Test) else ""


def _denied(leaf: Comparison, lang: str) -> str:
    """What must not be, as in ``已上市 = 否``: the condition says it the other way round, "not listed: no" misleads."""
    is_denied = any(literal.unit == "bool" and literal.amount == 0 for _, literal in leaf.tests)
    return _metric_name(leaf.metric, lang) if is_denied else ""


def _window(leaf: Comparison, lang: str) -> str:
    if leaf.within is None:
        return ""
    return f"（近 {leaf.within} 年）" if lang == "zh" else f" (last {counted(leaf.within, 'year', 'years')})"


def _other_reading(leaf: Comparison, lang: str) -> str:
    """The second reading that the words allow, as in ``（另读 > 5 亿元：“突破”是否含本数不明）``."""
    if leaf.contested is not None:
        metric = _metric_name(leaf.contested.metric, lang)
        test, reason = _test(leaf.contested, lang), leaf.contested.zh if lang == "zh" else leaf.contested.en
        return f"（另读 {metric}{test}：{reason}）" if lang == "zh" else f" (or {metric}{test}: {reason})"
    if leaf.also_read_as is not None:
        metric = _metric_name(leaf.also_read_as, lang).strip()
        return f"（另读按 {metric}）" if lang == "zh" else f" (or by {metric})"
    return ""


def _metric_name(name: str | None, lang: str) -> str:
    metric = metric_of(name) if name else None
    return f"{metric.zh if lang == 'zh' else metric.en} " if metric else ""


_DURING = {
    "now": ("目前", "at present"),
    "this_and_last_year": ("上年及本年", "last year and this year"),
    "ever": ("历来", "at any time"),
}


def _conduct(leaf: Conduct, lang: str) -> str:
    """As in ``近 3 年无：严重违法失信、失信被执行人``."""
    years, words = leaf.during, [conduct_words()[word] for word in leaf.conduct]
    zh, en = (
        (f"近 {years} 年", f"in the last {counted(years, 'year', 'years')}")
        if isinstance(years, int)
        else _DURING[years]
    )
    if lang == "zh":
        return f"{zh}{'有' if leaf.present else '无'}：{'、'.join(word.zh for word in words)}"
    return f"{'' if leaf.present else 'no '}{' or '.join(word.en for word in words)} {en}"


def _band(band: Band, lang: str) -> str:
    edge = _edge(band, lang)
    return f"{_test(band, lang)}（{edge}）" if lang == "zh" else f"{_test(band, lang)} ({edge})"


def _edge(band: Band, lang: str) -> str:
    """Up to where a band goes, and whether the next one holds that value too."""
    if band.upper is None:
        return "其余" if lang == "zh" else "above"
    operator, literal = band.upper
    edge = f"{SIGNS[operator]} {literal_text(literal, lang)}"
    if not band.shared:
        return edge
    return f"{edge}，本数亦属下一档" if lang == "zh" else f"{edge}, which the next step holds too"


def _test(test: Test, lang: str) -> str:
    return " ".join(f"{SIGNS[operator]} {literal_text(literal, lang)}" for operator, literal in test.tests)


def literal_text(literal: Literal, lang: str) -> str:
    """A literal as people write it in either language."""
    if literal.unit == "bool":
        return word("affirmed" if literal.amount == 1 else "denied", lang)
    if lang == "zh" or literal.unit in ("percent", "date"):
        return literal.text
    amount = float(literal.amount)
    if is_currency(literal.unit) and abs(amount) >= MILLION:
        return f"{amount / MILLION:,.10g}{word('million', lang)}{currency_word(literal.unit, lang)}"
    number = f"{amount:,.0f}"
    is_money = is_currency(literal.unit)
    return number + (currency_word(literal.unit, lang) if is_money else unit_word(literal.unit, lang, number))
