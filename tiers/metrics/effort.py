"""What a firm puts in and what comes of it: people, research, high-tech income."""

from dataclasses import replace

import polars as pl

from tiers.metrics.registry import metric
from tiers.quantity import WIDE, Quantity, ratio, together
from tiers.view import View


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


@metric("percent", "主导高新技术产品收入占营业收入比例", "leading high-tech products over revenue")
def leading_product_share(view: View) -> Quantity:
    """Income of the leading high-tech products over revenue, previous year; Zhejiang 2022."""
    return ratio(view.yearly("leading_product_income_fen"), view.yearly("revenue_fen"))


@metric("percent", "科技活动费用占营业收入比例", "technology spending over revenue")
def technology_spending_ratio(view: View) -> Quantity:
    """Spending on technology activities (statistics basis) over revenue, last data year; GB/T 41464, Jiangsu."""
    return ratio(view.yearly("technology_spending_fen"), view.yearly("revenue_fen"))


@metric("percent", "研发人员占从业人员比例", "R&D staff share")
def rd_staff_share(view: View) -> Quantity:
    """R&D staff over staff at year end; Zhejiang 2022."""
    return ratio(view.yearly("rd_staff_end"), view.yearly("staff_end"))


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


def _shares_of_years(view: View, part: str, whole: str, years: int) -> Quantity:
    num, part_needs = view.total(part, years)
    den, whole_needs = view.total(whole, years)
    paired = [need for pair in zip(whole_needs, part_needs, strict=True) for need in pair]
    quantity = Quantity(num, den, tuple(paired), undefined=den <= 0)
    return replace(quantity, bound=quantity.bound * years)
