"""What a firm puts in and what comes of it: people, research, high-tech income."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from tiers.columns.quantity import LARGEST, SCALE, WIDE, Figure, Need, Quantity, plain, ratio, together
from tiers.columns.view import View
from tiers.metrics.registry import metric, metric_of_years


@metric("percent", "科技人员占职工总数比例（季平均）", "technical staff share (mean of quarters)")
def tech_staff_share_quarterly(view: View) -> Quantity:
    """Technical staff over staff, previous year, mean of quarters; 国科发政〔2017〕115号 第七条."""
    return ratio(view.yearly("tech_staff_mean_quarterly"), view.yearly("staff_mean_quarterly"))


@metric("percent", "科技人员占职工总数比例（月平均）", "technical staff share (mean of months)")
def tech_staff_share_monthly(view: View) -> Quantity:
    """Technical staff over staff, previous year, mean of months; 国科发火〔2016〕195号 三（五）."""
    return ratio(view.yearly("tech_staff_mean_monthly"), view.yearly("staff_mean_monthly"))


@metric("percent", "研发费用占销售收入比例", "R&D over sales")
def rd_tax_to_revenue(view: View) -> Quantity:
    """R&D on the tax basis (财税〔2015〕119号) over sales, previous year; 115号 第七条."""
    return ratio(view.yearly("rd_tax_fen"), view.yearly("revenue_fen"))


@metric("percent", "研发费用占成本费用支出总额比例", "R&D over total costs and expenses")
def rd_tax_to_cost(view: View) -> Quantity:
    """R&D on the tax basis over total costs and expenses, previous year; 115号 第七条."""
    return ratio(view.yearly("rd_tax_fen"), view.yearly("cost_expense_fen"))


@metric("percent", "近三年研究开发费用占销售收入比例", "R&D over sales, three years")
def rd_hnte_share_3y(view: View) -> Quantity:
    """Sum of R&D over sum of sales, three years or those since founding; 国科发火〔2016〕32号 第十一条（五）."""
    return _shares_of_years(view, "rd_hnte_fen", "revenue_fen", 3)


@metric("percent", "近三年境内研究开发费用占比", "share of R&D spent in China, three years")
def rd_domestic_share_3y(view: View) -> Quantity:
    """R&D in China over all R&D, sums of three years or those since founding; 32号 第十一条（五）."""
    return _shares_of_years(view, "rd_hnte_domestic_fen", "rd_hnte_fen", 3)


@metric("percent", "高新技术产品（服务）收入占总收入比例", "high-tech income share")
def hitech_income_share(view: View) -> Quantity:
    """High-tech income over total income (gross less non-taxable), previous year; 32号 第十一条（六）."""
    return ratio(view.yearly("hitech_income_fen"), view.yearly("total_income_fen"))


@metric("percent", "主要产品（服务）收入占高新技术产品（服务）收入比例", "main products over high-tech income")
def main_product_share(view: View) -> Quantity:
    """Income of the products backed by own rights over high-tech income, previous year; 195号 三（三）."""
    return ratio(view.yearly("main_product_income_fen"), view.yearly("hitech_income_fen"))


@metric("yuan", "销售收入（扣除代理、关联交易）", "sales net of pass-through and related parties")
def net_sales(view: View) -> Quantity:
    """Revenue less what passes through and what related parties buy; it is never more than revenue."""
    revenue, related = view.yearly("revenue_fen"), view.yearly("related_sales_fen")
    return Quantity(
        revenue.expr - related.expr,
        revenue.scale,
        (related.need, revenue.need),
        at_most=revenue.expr,
        bound=2 * LARGEST,
    )


@metric("percent", "主导高新技术产品收入占营业收入比例", "leading high-tech products over revenue")
def leading_product_share(view: View) -> Quantity:
    """Income of the leading high-tech products over revenue, previous year; Zhejiang 2022."""
    return ratio(view.yearly("leading_product_income_fen"), view.yearly("revenue_fen"))


@metric("percent", "科技活动费用占营业收入比例", "technology spending over revenue")
def technology_spending_ratio(view: View) -> Quantity:
    """Spending on technology activities (statistics basis) over revenue, last data year; GB/T 41464, Jiangsu."""
    return ratio(view.yearly("technology_spending_fen"), view.yearly("revenue_fen"))


@metric_of_years("percent", "研发费用占营业收入比例", "R&D over revenue")
def rd_share(view: View, ago: int) -> Quantity:
    """R&D by accounts over revenue of one year; the local rule sets name no other basis."""
    return ratio(view.yearly("rd_account_fen", ago), view.yearly("revenue_fen", ago))


@metric_of_years("percent", "资产负债率", "debt ratio")
def debt_ratio(view: View, ago: int) -> Quantity:
    """Total liabilities over total assets at year end."""
    return ratio(view.yearly("total_liabilities_fen", ago), view.yearly("total_assets_fen", ago))


@metric_of_years("percent", "净资产占资产比例", "equity over assets")
def equity_ratio(view: View, ago: int) -> Quantity:
    """One less the debt ratio, for scales that fall with debt: at most 55 % of debt is at least 45 % of equity."""
    assets, debts = view.yearly("total_assets_fen", ago), view.yearly("total_liabilities_fen", ago)
    equity = ratio(Figure(assets.fact, assets.expr - debts.expr), assets)
    return replace(equity, needs=(assets.need, debts.need))


@metric_of_years("percent", "主营业务收入占营业收入比例", "main business over revenue")
def main_business_share(view: View, ago: int) -> Quantity:
    """Main-business revenue over revenue; 工信部企业〔2022〕63号 附件1、3."""
    return ratio(view.yearly("main_revenue_fen", ago), view.yearly("revenue_fen", ago))


@metric("yuan", "近两年研发费用合计", "R&D of two years together")
def rd_sum_2y(view: View) -> Quantity:
    """R&D by accounts, sum of the last two years; 优质中小企业梯度培育管理办法（2026）."""
    return together(view.yearly("rd_account_fen"), view.yearly("rd_account_fen", 1))


@metric("percent", "近三年研发费用总额占营业收入总额比例", "R&D over revenue, sums of three years")
def rd_share_3y(view: View) -> Quantity:
    """Sum of R&D by accounts over sum of revenue, three years or those since founding."""
    return _shares_of_years(view, "rd_account_fen", "revenue_fen", 3)


@metric(
    "percent",
    "四年平均科技活动投入强度（各年比例的平均）",
    "technology spending over revenue, mean of the yearly shares",
)
def technology_share_mean_4y(view: View) -> Quantity:
    """Mean of the yearly shares, four years or those since founding; 辽科创办发〔2021〕2号."""
    return mean_of_ratios(view, "technology_spending_fen", "revenue_fen", 4)


@metric("percent", "四年平均科技活动投入强度（总额之比）", "technology spending share, sums of four years")
def technology_share_of_sums_4y(view: View) -> Quantity:
    """Sum over sum, four years or those since founding: the other reading of a four-year average."""
    return _shares_of_years(view, "technology_spending_fen", "revenue_fen", 4)


@metric("percent", "四年平均研发投入强度（各年比例的平均）", "R&D over revenue, mean of four yearly shares")
def rd_share_mean_4y(view: View) -> Quantity:
    """Mean of the yearly shares, four years or those since founding; Xi'an 2024."""
    return mean_of_ratios(view, "rd_account_fen", "revenue_fen", 4)


@metric("percent", "四年平均研发投入强度（总额之比）", "R&D over revenue, sums of four years")
def rd_share_of_sums_4y(view: View) -> Quantity:
    """Sum over sum: the other reading of a four-year average."""
    return _shares_of_years(view, "rd_account_fen", "revenue_fen", 4)


@metric("item", "知识产权总数", "intellectual property, both classes")
def ip_total(view: View) -> Quantity:
    """Class I plus class II."""
    return together(view.fact("ip_class1_count"), view.fact("ip_class2_count"))


@metric("item", "有效专利数", "granted patents")
def patents(view: View) -> Quantity:
    """Inventions, utility models and designs; at least the inventions, at most all rights."""
    count, inventions = view.fact("patents_granted"), view.fact("inventions_granted")
    rights = ip_total(view)
    return replace(plain(count), at_least=inventions.expr, at_most=rights.num)


@metric("item", "有效实用新型与软件著作权数", "utility models and software copyrights")
def utility_and_software(view: View) -> Quantity:
    """Class II without designs; at most all of class II."""
    return replace(plain(view.fact("utility_and_software_count")), at_most=view.fact("ip_class2_count").expr)


@metric("percent", "研发人员占从业人员比例", "R&D staff share")
def rd_staff_share(view: View) -> Quantity:
    """R&D staff over staff at year end; Zhejiang 2022."""
    return ratio(view.yearly("rd_staff_end"), view.yearly("staff_end"))


@metric("percent", "大专以上科技人员占比", "college-educated technical staff share")
def college_staff_share(view: View) -> Quantity:
    """Technical staff with a college degree over staff at year end; 国科发火〔2008〕172号 第十条（三）."""
    return ratio(view.yearly("college_staff_end"), view.yearly("staff_end"))


@metric("item", "可使用的知识产权数", "intellectual property that may be used")
def usable_ip_count(view: View) -> Quantity:
    """Class I plus class II not yet used for a recognition, on the day; 195号 三（二）."""
    return together(view.fact("ip_class1_count"), view.fact("ip_class2_unused_count"))


@metric("item", "科技成果转化年平均数", "results turned into products, yearly mean")
def conversions_mean_3y(view: View) -> Quantity:
    """Mean of three years, or of the years since founding; 195号 三（七）2."""
    total, needs = view.total("conversions", 3)
    years = pl.sum_horizontal([(~view.unborn(ago)).cast(pl.Int64) for ago in range(3)])
    return Quantity(total, years.cast(WIDE), needs, undefined=years == 0)


def _shares_of_years(view: View, part: str, base: str, years: int) -> Quantity:
    """Sum over sum; what is spent is never negative, so the years known are a floor once the base is known."""
    num, part_needs = view.total(part, years)
    den, base_needs = view.total(base, years)
    paired = [need for pair in zip(base_needs, part_needs, strict=True) for need in pair]
    known = pl.sum_horizontal([view.in_business(part, ago).expr.cast(WIDE).fill_null(0) for ago in range(years)])
    quantity = Quantity(num, den, tuple(paired), undefined=den <= 0, at_least=pl.when(den > 0).then(known))
    return replace(quantity, bound=quantity.bound * years)


@metric("percent", "有效年份平均科技活动投入强度", "technology spending over revenue, mean of the years on record")
def technology_share_mean_on_record(view: View) -> Quantity:
    """Mean of the yearly shares of the years that the record reaches back; for the short series of the Torch lists."""
    reach = view.fact("revenue_reach_years")
    beyond = [(reach.expr <= ago).fill_null(False) | view.unborn(ago) for ago in range(4)]
    mean = mean_of_ratios(view, "technology_spending_fen", "revenue_fen", 4, beyond)
    return replace(mean, needs=(reach.need, *mean.needs))


def mean_of_ratios(view: View, part: str, whole: str, years: int, beyond: Sequence[pl.Expr] | None = None) -> Quantity:
    """The mean of yearly shares, without the years ``beyond`` what is asked: by default those before founding.

    A year without a base leaves it without meaning.
    """
    shares, no_base, needs, out = [], [], [], beyond or [view.unborn(ago) for ago in range(years)]
    for ago, is_out in enumerate(out):
        figures = view.yearly(whole, ago), view.yearly(part, ago)
        base, top = (figure.expr.cast(WIDE) for figure in figures)
        share = (top * SCALE + base // 2) // pl.when(base > 0).then(base)
        shares.append(pl.when(is_out).then(0).otherwise(share))
        no_base.append(((base <= 0) & ~is_out).fill_null(False))
        needs += [Need(figure.fact, figure.expr.is_null() & ~is_out) for figure in figures]
    counted = pl.sum_horizontal([(~is_out).cast(pl.Int64) for is_out in out])
    return Quantity(
        sum(shares[1:], shares[0]),
        counted.cast(WIDE) * SCALE,
        tuple(needs),
        undefined=pl.any_horizontal(no_base) | (counted == 0),
        bound=LARGEST * 1000,
        rounded=years,
    )
