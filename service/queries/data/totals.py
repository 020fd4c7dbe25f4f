"""Totals of feeds under the statistics law; a cell that disclosure control holds back is None, with ``is_hidden``."""

from warehouse.release.releases import Reader
from warehouse.rows import Row


def periods(release: Reader) -> list[str]:
    """The months and years that have totals, the newest first."""
    rows = release.rows(
        "select distinct period from (select period from desk_data__statistics union all select year::varchar"
        " from desk_data__survey) order by period desc"
    )
    return [row["period"] for row in rows]


def monthly(release: Reader, period: str) -> list[Row]:
    """The totals of a month by industry, ``all`` first; money in fen."""
    return release.rows(
        "select industry, is_hidden, firms, revenue_to_date_fen, staff_end, rd_to_date_fen from desk_data__statistics"
        " where period = $1 order by industry <> 'all', firms desc nulls last, industry",
        [period],
    )


def yearly(release: Reader, period: str) -> list[Row]:
    """The totals of the survey of a year by indicator of the form; money in fen, ``zh`` as the form names it."""
    return release.rows(
        "with named as (select indicator, code, any_value(zh) as zh, bool_or(is_money) as is_money"
        " from desk_ref_indicators group by all)"
        " select survey.indicator, survey.indicator_code, survey.kind, survey.unit_filed, survey.unit_factor,"
        " survey.is_hidden, survey.firms, survey.total, named.zh, named.is_money from desk_data__survey as survey"
        " left join named"
        " on survey.indicator = named.indicator and survey.indicator_code is not distinct from named.code"
        " where survey.year::varchar = $1 order by survey.indicator_code nulls last, survey.indicator",
        [period],
    )


def limits(release: Reader) -> Row | None:
    """The limits of disclosure: fewest firms of a cell, and the share of how many that dominate it."""
    rows = release.rows("select fewest_firms, dominant_firms, dominant_percent from desk_ref_disclosure")
    return rows[0] if rows else None
