"""The sums printed on the yearly forms, from ``disclosure.yml``: they relate each total to others."""

from pathlib import Path

import polars as pl

from warehouse.definition import read_yaml
from warehouse.errors import DefinitionError

WRITTEN = Path(__file__).with_name("disclosure.yml")


def sums() -> list[list[str]]:
    """Names of the indicators in each sum of ``disclosure.yml``, total and parts."""
    return [list(names) for names in read_yaml(WRITTEN)[0]["sums"]]


def table() -> pl.DataFrame:
    """``ref_sums``: sum_id, indicator; raises ``DefinitionError`` where sums run in a circle."""
    require_no_circle(sums())
    rows = [{"sum_id": number, "indicator": name} for number, names in enumerate(sums(), 1) for name in names]
    return pl.DataFrame(rows)


def require_no_circle(sums_of_names: list[list[str]]) -> None:
    """Raise ``DefinitionError`` for sums in a circle: together they could disclose a hidden total."""
    group: dict[str, int] = {}
    for number, names in enumerate(sums_of_names):
        met = [group[name] for name in names if name in group]
        if len(set(met)) < len(met) or len(set(names)) < len(names):
            raise DefinitionError(
                f"disclosure.yml: sums 成环，见 {names}；小格隐藏无从保证",
                f"disclosure.yml: sums run in a circle at {names}: hiding small cells could not be relied on",
            )
        group |= {name: number for name, of in group.items() if of in met} | dict.fromkeys(names, number)
