"""What a command imports: nothing before it is needed, so that a question costs what its answer costs."""

import json
import sys
from pathlib import Path

import pytest
from waits import run
from whole_job import DAY, PLACE
from zone_marts import Zones

from flows.commands.feeds import WAITING
from warehouse.home import Home
from warehouse.machine.deferred import deferred
from warehouse.release.releases import Published

pytestmark = [pytest.mark.job, pytest.mark.rule("at-once")]

IMPORTED = """
import json, sys
from flows.cli import main
sys.argv = ["tidu", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    assert end.code in (None, 0, WAITING), end.code
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""
RUNS_A_JOB = {"prefect", "fastapi", "great_expectations", "pandas", "scipy", "altair"}
SHOWS_PAGES = {"dash", "plotly", "flask"}
WORKS_ON_COLUMNS = {"polars", "numpy", "pyarrow", "sqlalchemy"}
READS = {"duckdb", "yaml"}
PLANS_DAYS = {"holidays", "icalendar"}


def imported(*words: str, home: Path) -> set[str]:
    """The packages in a process that ran one command."""
    command = [sys.executable, "-c", IMPORTED.replace("WAITING", str(WAITING)), *words]
    done = run(command, env={"TIDU_HOME": str(home)}, check=True)
    (packages,) = (line for line in done.stderr.splitlines() if line.startswith('["'))  # DuckDB may report leaks after
    return set(json.loads(packages))


@pytest.mark.parametrize("words", [["--help"], ["movers", "--help"], ["quarantine", "--help"]])
def test_help_imports_only_what_prints_it(words: list[str], tmp_path: Path) -> None:
    assert imported(*words, home=tmp_path) & (RUNS_A_JOB | SHOWS_PAGES | WORKS_ON_COLUMNS | READS) == set()


@pytest.mark.parametrize(
    "words", [["movers", "--change", "up"], ["due"], ["releases"], ["quality"], ["quarantine"], ["flows"], ["cohorts"]]
)
def test_a_question_that_the_release_answers_imports_no_engine(words: list[str], released: Home) -> None:
    others = RUNS_A_JOB | SHOWS_PAGES | WORKS_ON_COLUMNS | PLANS_DAYS

    assert imported(*words, home=released.root) & others == set()


@pytest.mark.parametrize("command", ["explain", "duties"])
def test_a_question_about_a_firm_by_its_name_imports_no_engine_of_columns(command: str, released: Home) -> None:
    (name,) = Published(released).rows("select name from mart_movers__firms order by firm_id limit 1")
    engines = WORKS_ON_COLUMNS - {"numpy"}  # DuckDB imports it for a function written in Python

    assert imported(command, name["name"], home=released.root) & (RUNS_A_JOB | SHOWS_PAGES | engines) == set()


@pytest.mark.parametrize("words", [["step", "gazelle"], ["what-if", "revenue_y0=5200万元"]])
def test_trying_out_figures_of_the_releases_day_builds_nothing(words: list[str], released: Home) -> None:
    (firm,) = Published(released).rows("select firm_id from core_firm order by firm_id limit 1")
    command, *rest = words
    builds = {"pyarrow", "sqlalchemy", "rapidfuzz"}

    assert imported(command, firm["firm_id"], *rest, home=released.root) & (RUNS_A_JOB | SHOWS_PAGES | builds) == set()


def test_the_open_mentions_of_a_release_are_matched_without_what_builds_one(released: Home) -> None:
    engines = {"pyarrow", "sqlalchemy"}

    assert imported("match", home=released.root) & (RUNS_A_JOB | SHOWS_PAGES | engines) == set()


def test_a_run_that_finds_nothing_new_imports_nothing_that_builds(own_home: Home, sample_zone: Path) -> None:
    words = ["run", "--inbox", str(sample_zone), "--day", str(DAY), "--place", PLACE]
    builds = WORKS_ON_COLUMNS - {"sqlalchemy"}  # which asks the casebook for decisions

    assert imported(*words, home=own_home.root) & (RUNS_A_JOB | SHOWS_PAGES | builds | {"starlette"}) == set()


def test_a_question_about_all_zones_takes_no_arrow(tmp_path: Path) -> None:
    zones = Zones(tmp_path)
    zones.add("hz")

    assert imported("zones", "ladder", home=tmp_path) & (RUNS_A_JOB | SHOWS_PAGES | {"pyarrow"}) == set()


def test_a_question_to_the_rules_imports_nothing_of_a_job(released: Home) -> None:
    assert imported("editions", home=released.root) & (RUNS_A_JOB | SHOWS_PAGES) == set()


def test_a_file_is_looked_at_without_great_expectations(tmp_path: Path) -> None:
    path = tmp_path / "登记信息_20260601.csv"
    path.write_text(
        "统一社会信用代码,企业名称,成立日期,登记状态\n91330106MA01000169,甲有限公司,不详,存续\n", "utf-8-sig"
    )

    assert imported("feeds", "check", str(path), "--json", home=tmp_path) & (RUNS_A_JOB | SHOWS_PAGES) == set()


def printed(script: str) -> str:
    """What a script prints in an interpreter of its own."""
    return run([sys.executable, "-c", script], check=True).stdout.strip()


def test_a_deferred_module_is_imported_when_it_is_used() -> None:
    text = printed(
        "import inspect, sys\n"
        "from warehouse.machine.deferred import deferred\n"
        "with deferred('colorsys'):\n"
        "    import colorsys as stand_in\n"
        "inspect.getmodule(inspect.stack()[0][0])\n"
        "print('colorsys' in sys.modules, stand_in.rgb_to_hsv(0, 0, 0), 'colorsys' in sys.modules)"
    )

    assert text == "False (0.0, 0.0, 0) True"


def test_a_function_of_a_deferred_module_imports_it_when_called() -> None:
    text = printed(
        "import sys\n"
        "from warehouse.machine.deferred import deferred\n"
        "with deferred('colorsys'):\n"
        "    from colorsys import rgb_to_hsv\n"
        "print('colorsys' in sys.modules, rgb_to_hsv(0, 0, 0), 'colorsys' in sys.modules)"
    )

    assert text == "False (0.0, 0.0, 0) True"


def test_a_model_of_odds_is_fitted_without_scipy_stats() -> None:
    text = printed(
        "import sys, polars as pl\n"
        "from warehouse.odds import model\n"
        "rows = pl.DataFrame({'has_happened': [True, False] * 20, 'growth': [0.5, 0.1] * 20}).with_columns(\n"
        "    gap_share=pl.lit(0.2), years_in_rung=pl.lit(1), outcome=pl.lit('met'),\n"
        "    is_pending=pl.lit(False), held=pl.lit(None))\n"
        "print(model.fit(rows)['growth'] > 0, 'sklearn' in sys.modules, 'scipy.stats' in sys.modules)"
    )

    assert text == "True True False"


def test_great_expectations_is_imported_without_sources_and_expectations_that_no_check_states() -> None:
    text = printed(
        "import sys, pandas as pd\n"
        "from types import SimpleNamespace as Check\n"
        "from warehouse.quality.suite import failed\n"
        "checks = [(Check(expect='column_values_to_not_be_null', columns=['a'], rule='X'), {}),\n"
        "          (Check(expect='column_values_to_be_between', columns=['a'], rule='Y'), {'max_value': 2})]\n"
        "print(failed(checks, pd.DataFrame({'a': [1, None]})))\n"
        "names = [name.rpartition('.')[2] for name in sys.modules if name.startswith('great_expectations.')]\n"
        "print(*sorted(name for name in names if name.startswith('expect_') or name.endswith('_datasource')))\n"
        "print('jsonschema' in sys.modules)"
    )

    assert text.splitlines() == [
        "[0]",
        "expect_column_values_to_be_between expect_column_values_to_not_be_null invalid_datasource pandas_datasource",
        "False",
    ]


def test_a_module_that_is_there_already_is_not_deferred() -> None:
    before = sys.modules["json"]
    with deferred("json"):
        import json as within

    assert within is before is sys.modules["json"]
