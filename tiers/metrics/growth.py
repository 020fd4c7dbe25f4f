"""How fast a firm grows: compound rates, yearly rates, the mean of two yearly ratios, the largest fall."""

from itertools import pairwise

import polars as pl

from tiers.columns.quantity import LARGEST, SCALE, WIDE, Need, Quantity, growth
from tiers.columns.view import View
from tiers.metrics.registry import metric, metric_of_years

_ZERO, _UNIT = pl.lit(0, dtype=WIDE), pl.lit(1, dtype=WIDE)


@metric("percent", "营业收入三年复合增长率", "revenue growth a year, compound over three years")
def revenue_cagr_3y(view: View) -> Quantity:
    """(last ÷ third before)^⅓ − 1: four data years, three intervals; end points decide."""
    return growth(view.yearly("revenue_fen"), view.yearly("revenue_fen", 3), 3)


@metric("percent", "营业收入三年复合增长率（欧元）", "revenue growth a year in euros, compound over three years")
def revenue_eur_cagr_3y(view: View) -> Quantity:
    """As for revenue in yuan; FT 1000."""
    return growth(view.yearly("revenue_eur_cents"), view.yearly("revenue_eur_cents", 3), 3)


@metric("percent", "营业收入三年复合增长率（美元）", "revenue growth a year in US dollars, compound over three years")
def revenue_usd_cagr_3y(view: View) -> Quantity:
    """As for revenue in yuan; Inc. 5000."""
    return growth(view.yearly("revenue_usd_cents"), view.yearly("revenue_usd_cents", 3), 3)


@metric("percent", "营业收入四年复合增长率", "revenue growth a year, compound over four years")
def revenue_cagr_4y(view: View) -> Quantity:
    """(last ÷ fourth before)^¼ − 1: five data years, four intervals."""
    return growth(view.yearly("revenue_fen"), view.yearly("revenue_fen", 4), 4)


@metric("percent", "营业收入四年中最低的年增长率", "lowest yearly rate of revenue growth in four years")
def least_revenue_growth_4y(view: View) -> Quantity:
    """The smallest of four yearly rates: the reading of “so much a year” as in each year."""
    values = [view.yearly("revenue_fen", ago) for ago in range(5)]
    wide = [value.expr.cast(WIDE) for value in values]
    last, base = wide[0], wide[1]
    for value, before in pairwise(wide[1:]):
        is_lower = value * base < last * before
        last, base = pl.when(is_lower).then(value).otherwise(last), pl.when(is_lower).then(before).otherwise(base)
    return Quantity(
        last - base,
        base,
        tuple(value.need for value in values),
        undefined=pl.any_horizontal([before <= 0 for before in wide[1:]]),
    )


@metric("percent", "从业人员三年复合增长率", "staff growth a year, compound over three years")
def staff_cagr_3y(view: View) -> Quantity:
    """(last ÷ third before)^⅓ − 1 of the staff at year end."""
    return growth(view.yearly("staff_end"), view.yearly("staff_end", 3), 3)


@metric("percent", "营业收入上年增长率", "revenue growth, last year")
def revenue_growth_1y(view: View) -> Quantity:
    """Last year over the year before, less one."""
    return growth(view.yearly("revenue_fen"), view.yearly("revenue_fen", 1), 1)


@metric("percent", "从业人员上年增长率", "staff growth, last year")
def staff_growth_1y(view: View) -> Quantity:
    """Staff at the end of last year over the year before, less one."""
    return growth(view.yearly("staff_end"), view.yearly("staff_end", 1), 1)


@metric_of_years("percent", "营业收入增长率", "revenue growth")
def revenue_growth(view: View, ago: int) -> Quantity:
    """One year over the year before, less one."""
    return growth(view.yearly("revenue_fen", ago), view.yearly("revenue_fen", ago + 1), 1)


@metric_of_years("percent", "主营业务收入增长率", "main-revenue growth")
def main_revenue_growth(view: View, ago: int) -> Quantity:
    """One year over the year before, less one; 工信部企业〔2022〕63号 附件1."""
    return growth(view.yearly("main_revenue_fen", ago), view.yearly("main_revenue_fen", ago + 1), 1)


@metric_of_years("percent", "净利润增长率", "net-profit growth")
def net_profit_growth(view: View, ago: int) -> Quantity:
    """One year over the year before, less one; without meaning from nothing or from a loss."""
    return growth(view.yearly("net_profit_fen", ago), view.yearly("net_profit_fen", ago + 1), 1)


@metric("percent", "营业收入两年复合增长率", "revenue growth a year, compound over two years")
def revenue_cagr_2y(view: View) -> Quantity:
    """(last ÷ second before)^½ − 1."""
    return growth(view.yearly("revenue_fen"), view.yearly("revenue_fen", 2), 2)


@metric("percent", "净利润两年复合增长率", "net-profit growth a year, compound over two years")
def net_profit_cagr_2y(view: View) -> Quantity:
    """(last ÷ second before)^½ − 1; without meaning from nothing or from a loss."""
    return growth(view.yearly("net_profit_fen"), view.yearly("net_profit_fen", 2), 2)


@metric("percent", "营业收入两年平均增长率（算术平均）", "mean of two yearly rates of revenue growth")
def revenue_growth_plain_mean_2(view: View) -> Quantity:
    """½ × (y₋₁÷y₋₂ + y₋₂÷y₋₃) − 1, as printed in 津科规〔2021〕3号; without meaning where a base is zero or less."""
    return plain_mean_of_two(view, "revenue_fen")


@metric(
    "percent", "主营业务收入平均增长率（两个年增长率的算术平均）", "mean of two yearly rates of main-revenue growth"
)
def main_revenue_growth_plain_mean_2(view: View) -> Quantity:
    """As for revenue; 工信部企业〔2022〕63号 附件3."""
    return plain_mean_of_two(view, "main_revenue_fen")


@metric("percent", "净利润三年复合增长率", "net-profit growth a year, compound over three years")
def net_profit_cagr_3y(view: View) -> Quantity:
    """(last ÷ third before)^⅓ − 1; without meaning from nothing or from a loss."""
    return growth(view.yearly("net_profit_fen"), view.yearly("net_profit_fen", 3), 3)


@metric("percent", "营业收入三年平均增长率（算术平均）", "mean of three yearly rates of revenue growth")
def revenue_growth_plain_mean_3(view: View) -> Quantity:
    """The arithmetic mean of three yearly rates: the other reading of a three-year average growth."""
    return plain_mean_of_three(view, "revenue_fen")


@metric("percent", "净利润三年平均增长率（算术平均）", "mean of three yearly rates of profit growth")
def net_profit_growth_plain_mean_3(view: View) -> Quantity:
    """As for revenue; without meaning where a base is zero or less."""
    return plain_mean_of_three(view, "net_profit_fen")


def plain_mean_of_three(view: View, name: str) -> Quantity:
    """Three yearly ratios in units of 10⁻¹⁸, added and divided by three, less one."""
    values = [view.yearly(name, ago).expr.cast(WIDE) for ago in range(4)]
    bases = [pl.when(base > 0).then(base) for base in values[1:]]
    ratios = [(value * SCALE + base // 2) // base for value, base in zip(values, bases, strict=False)]
    return Quantity(
        ratios[0] + ratios[1] + ratios[2] - 3 * SCALE,
        pl.lit(3 * SCALE, dtype=WIDE),
        tuple(view.yearly(name, ago).need for ago in range(4)),
        undefined=pl.any_horizontal([base <= 0 for base in values[1:]]),
        bound=LARGEST * 1000,
        rounded=3,
    )


def plain_mean_of_two(view: View, name: str) -> Quantity:
    """The arithmetic mean of two yearly rates as one fraction."""
    v3, v2, v1 = (view.yearly(name, ago).expr.cast(WIDE) for ago in range(3))
    needs = tuple(view.yearly(name, ago).need for ago in range(3))
    num, den = v2 * v2 + v1 * v3 - v1 * v2 * 2, v1 * v2 * 2
    return Quantity(num, den, needs, undefined=(v1 <= 0) | (v2 <= 0), bound=4 * LARGEST**2)


@metric("percent", "三年内营业收入最大年降幅", "largest yearly fall of revenue in three years")
def largest_revenue_fall_3y(view: View) -> Quantity:
    """The larger of the two yearly falls among the last three years; zero where revenue never fell.

    A fall already seen counts even when the other year is missing; years before founding cannot fall.
    """
    y0, y1, y2 = (view.yearly("revenue_fen", ago) for ago in range(3))
    oldest, middle, newest = (view.in_business("revenue_fen", ago).expr.cast(WIDE) for ago in (2, 1, 0))
    first, second = pl.max_horizontal(oldest - middle, _ZERO), pl.max_horizontal(middle - newest, _ZERO)
    base1, base2 = pl.max_horizontal(oldest, _UNIT), pl.max_horizontal(middle, _UNIT)
    seen = (first > 0).fill_null(False), (second > 0).fill_null(False)
    larger_first = pl.when(seen[0] & seen[1]).then(first * base2 >= second * base1).otherwise(seen[0])
    is_seen = seen[0] | seen[1]
    needs = (
        Need(y0.fact, y0.expr.is_null() & ~is_seen),
        Need(y1.fact, y1.expr.is_null() & ~view.unborn(1) & ~is_seen),
        Need(y2.fact, y2.expr.is_null() & ~view.unborn(2) & ~is_seen),
    )
    num = pl.when(larger_first).then(first).otherwise(pl.when(seen[1]).then(second).otherwise(_ZERO))
    return Quantity(num, pl.when(larger_first).then(base1).otherwise(base2), needs)


@metric("percent", "销售收入增长率（两个年增长比的平均）", "sales growth, mean of two yearly ratios")
def revenue_growth_mean_2(view: View) -> Quantity:
    """½ × (S₂÷S₁ + S₃÷S₂) − 1 over three years; 195号 三（七）4, with its rules for zero and for young firms."""
    series = [view.in_business("revenue_fen", ago).expr.cast(WIDE) for ago in (2, 1, 0)]
    needs = tuple(view.needed("revenue_fen", ago) for ago in range(3))
    return _mean_of_two_ratios(view, series, needs, LARGEST)


@metric("percent", "净资产增长率（两个年增长比的平均）", "net-asset growth, mean of two yearly ratios")
def net_asset_growth_mean_2(view: View) -> Quantity:
    """½ × (N₂÷N₁ + N₃÷N₂) − 1, N = assets − liabilities at year end; 195号 三（七）4."""
    assets = [view.in_business("total_assets_fen", ago).expr.cast(WIDE) for ago in (2, 1, 0)]
    debts = [view.in_business("total_liabilities_fen", ago).expr.cast(WIDE) for ago in (2, 1, 0)]
    series = [asset - debt for asset, debt in zip(assets, debts, strict=True)]
    names = ("total_assets_fen", "total_liabilities_fen")
    needs = tuple(view.needed(name, ago) for ago in range(3) for name in names)
    return _mean_of_two_ratios(view, series, needs, 2 * LARGEST)


@metric("percent", "总资产增长率（两个年增长比的平均）", "total-asset growth, mean of two yearly ratios")
def total_asset_growth_mean_2(view: View) -> Quantity:
    """As for net assets, on total assets; 国科发火〔2008〕362号."""
    series = [view.in_business("total_assets_fen", ago).expr.cast(WIDE) for ago in (2, 1, 0)]
    needs = tuple(view.needed("total_assets_fen", ago) for ago in range(3))
    return _mean_of_two_ratios(view, series, needs, LARGEST)


def _mean_of_two_ratios(view: View, series: list[pl.Expr], needs: tuple[Need, ...], largest: int) -> Quantity:
    """The rate as one fraction; two years in business: their ratio; one year, or a zero in between: no growth.

    A negative base is left open: the clause is silent on it.
    """
    v1, v2, v3 = series
    one_year = view.unborn(1)
    flat = one_year | (v2 == 0)
    short = view.unborn(2) | (v1 == 0)
    num = pl.when(flat).then(_ZERO).when(short).then(v3 - v2).otherwise(v2 * v2 + v1 * v3 - v1 * v2 * 2)
    den = pl.when(flat).then(_UNIT).when(short).then(v2).otherwise(v1 * v2 * 2)
    undefined = ~flat & ((v2 < 0) | (~short & (v1 < 0)))
    return Quantity(num, den, needs, undefined=undefined, bound=4 * largest**2)
