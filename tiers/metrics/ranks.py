"""Standing: ranks, where 0 means that the firm has none."""

import polars as pl

from tiers.columns.quantity import Quantity
from tiers.columns.view import View
from tiers.metrics.registry import metric

_NONE = 10**6


@metric("rank", "近五年国家级科技奖励排名", "rank in a national science award of the last five years")
def award_rank(view: View) -> Quantity:
    """The best rank among awarded units, 1 = first; 115号 第八条（二）."""
    return _rank(view, "national_award_rank")


@metric("rank", "近三年国家级科技奖励排名", "rank in a national science award of the last three years")
def recent_national_award_rank(view: View) -> Quantity:
    """The best rank among awarded units, 1 = first; 工信部企业〔2022〕63号 附件2、附件3."""
    return _rank(view, "national_award_rank_3y")


@metric("rank", "近三年省级科技奖励排名", "rank in a provincial science award of the last three years")
def recent_provincial_award_rank(view: View) -> Quantity:
    """The best rank among awarded units, 1 = first; 工信部企业〔2022〕63号 附件2."""
    return _rank(view, "provincial_award_rank_3y")


@metric("rank", "近三年“创客中国”大赛全国排名", "national rank in the “Maker in China” contest of the last three years")
def contest_rank(view: View) -> Quantity:
    """The best rank of a final, 1 = first; 工信部企业〔2022〕63号 附件2、附件3."""
    return _rank(view, "contest_rank_3y")


@metric("rank", "近五年制定标准的起草单位排名", "rank as drafter of a standard in the last five years")
def drafter_rank(view: View) -> Quantity:
    """The best rank among drafting units of international, national or industry standards; 115号 第八条（四）."""
    return _rank(view, "standard_drafter_rank")


@metric("rank", "细分领域国内排名", "national rank in its field")
def national_rank(view: View) -> Quantity:
    """Market rank of the leading products in China; Zhejiang 2022."""
    return _rank(view, "market_rank_national")


@metric("rank", "细分领域全球排名", "global rank in its field")
def global_rank(view: View) -> Quantity:
    """Market rank of the leading products in the world; Zhejiang 2022."""
    return _rank(view, "market_rank_global")


def _rank(view: View, name: str) -> Quantity:
    figure = view.fact(name)
    without = figure.expr <= 0
    value = pl.when(figure.expr > 0).then(figure.expr)
    return Quantity(pl.when(without).then(_NONE).otherwise(figure.expr), 1, (figure.need,), value=value)
