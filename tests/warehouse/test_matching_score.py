"""No wrong join on a sample with namesakes, other legal forms, misprints and renamings; few are missed."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = [pytest.mark.job, pytest.mark.rule("proposals")]

BENCH = Path(__file__).resolve().parent.parent / "bench"


def _bench() -> ModuleType:
    """The scoring of the benchmark."""
    sys.path.insert(0, str(BENCH))
    spec = importlib.util.spec_from_file_location("matching", BENCH / "matching.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["matching"] = module
    spec.loader.exec_module(module)
    return module


def test_no_join_is_wrong_and_few_are_missed(tmp_path: Path) -> None:
    bench = _bench()

    score = bench.score(*bench.built(tmp_path, 1_500))

    assert score.mentions > 800
    assert score.wrong == 0
    assert score.joined / score.mentions > 0.95
    assert score.proposed / max(1, score.unjoined) > 0.9
    assert score.by_rule.get("core_name", 0) > 0
    assert score.by_rule.get("ambiguous", 0) > 0
