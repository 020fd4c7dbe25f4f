"""Limits of time in the rung: what the file says, and that a slip in it is refused with file and line."""

from pathlib import Path
from statistics import NormalDist

import pytest
import yaml

from tiers.errors import DefinitionError
from tiers.movement.time_in_rung import LIMITS, tables, time_limits
from tiers.schema.ladder import ladder

pytestmark = pytest.mark.rule("strict-definitions")


def test_a_rung_is_succeeded_by_every_higher_rung() -> None:
    successions = set(tables()["ref_successions"].rows())
    ranks = {name: entry.rank for name, entry in ladder().items() if entry.rank is not None}

    assert {(low, high) for low in ranks for high in ranks if ranks[low] < ranks[high]} <= successions
    assert not any(ranks.get(low, 0) >= ranks[high] for low, high in successions if high in ranks)


def test_every_designation_has_a_time_to_renew_and_every_interval_its_quantile() -> None:
    assert set(tables()["ref_renewal_gaps"]["designation"]) == set(ladder())
    (z,) = tables()["ref_time_limits"]["z"]
    assert NormalDist().cdf(z) - NormalDist().cdf(-z) == pytest.approx(0.95)


def test_states_are_in_the_order_of_the_ladder() -> None:
    rungs = sorted((entry.rank, name) for name, entry in ladder().items() if entry.rank is not None)

    assert tables()["ref_states"]["state"].to_list() == ["absent", "none", "unknown", *(n for _, n in rungs), "gone"]


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("renewal_gap_days", {"usual": 366, "hntee": 183}, "hntee"),
        ("renewal_gap_days", {"hnte": 183}, "usual"),
        ("renewal_gap_days", {"usual": 0}, "greater than or equal to 1"),
        ("age_bands", [{"band": "a", "from": 3, "zh": "", "en": ""}], "bands start at 0"),
        ("size_bands", [{"band": "under_3", "from": 0, "zh": "", "en": ""}], "a name of its own"),
        ("levels", [{"level": "all", "of": ["age"], "zh": "", "en": ""}], "the last level"),
        ("firms_min", 0, "greater than 0"),
        ("colour", "red", "Extra inputs"),
        ("endings", {"running": {"counts": "exit", "zh": "", "en": ""}}, "time.endings"),
    ],
)
def test_a_slip_is_refused_with_its_line(tmp_path: Path, key: str, value: object, message: str) -> None:
    content = yaml.safe_load(LIMITS.read_text("utf-8"))
    content["time"][key] = value
    path = tmp_path / "limits.yml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")

    with pytest.raises(DefinitionError, match=message) as refused:
        time_limits(path)
    assert "limits.yml" in str(refused.value)
