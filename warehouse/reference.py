"""Reference tables: ``ref_<seed>`` from each CSV in seeds/, and from our YAML files, for SQL to read."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import polars as pl

from tiers.cultivation import services
from tiers.messages.wording import WORDS
from tiers.movement import measures, signals
from warehouse.database.build import Build
from warehouse.database.macros import name_patterns
from warehouse.definition import read_yaml
from warehouse.identity import likeness
from warehouse.intake.feed import load_feeds
from warehouse.models.typed_staging import indicators
from warehouse.release.disclosure import sums

HERE = Path(__file__).parent
SEEDS = HERE / "models" / "seeds"
DAYS = ("step_months", "step_days", "due_months", "due_days", "grace_days")


def load_seeds(build: Build) -> None:
    """``ref_<seed>`` from each CSV in seeds/, and reference tables from our YAML files."""
    for path in sorted(SEEDS.glob("*.csv")):
        # with the separator: to find it out takes as long as all else
        build.execute(
            f"create or replace table ref_{path.stem} as"  # noqa: S608 - the name of our own file
            " select * from read_csv($1, header = true, delim = ',', comment = '#')",
            [str(path)],
        )
    for name, frame in {**_written(), **measures.tables()}.items():
        build.put(name, frame)


def has_seeds(build: Build) -> bool:
    """Whether they are loaded: all of them are, or none."""
    return build.has_table("ref_columns")


@cache
def columns() -> pl.DataFrame:
    """The dictionary of the columns of marts: name, unit, zh, en, label_zh, label_en.

    A label heads the column where it is handed out; it is the description where none is written, and the words of an
    outcome or position where ``label_of`` names one.
    """
    content, _ = read_yaml(HERE / "models" / "columns.yml")
    rows = [
        {"name": name, "unit": entry.get("unit"), "zh": entry["zh"], "en": entry["en"], **_label(entry)}
        for name, entry in content.items()
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def _label(entry: Mapping[str, str]) -> dict[str, str]:
    if "label_of" in entry:
        words = WORDS[entry["label_of"]]
        return {"label_zh": words.zh, "label_en": words.en}
    return {"label_zh": entry.get("label_zh", entry["zh"]), "label_en": entry.get("label_en", entry["en"])}


@cache
def _written() -> dict[str, pl.DataFrame]:
    """Reference tables from YAML: columns, feeds, kinds of change and signals in their order, limits of disclosure."""
    disclosure, _ = read_yaml(sums.WRITTEN)
    matching, _ = read_yaml(likeness.WRITTEN)
    feeds = [
        {
            "feed": feed.name,
            "zh": feed.title.zh,
            "en": feed.title.en,
            "use": feed.use,
            "publisher_zh": feed.publisher.zh,
            "publisher_en": feed.publisher.en,
            "period_kind": feed.period.kind,
            "every": feed.cadence.every,
            "step_months": feed.cadence.step[0],
            "step_days": feed.cadence.step[1],
            "due_months": feed.cadence.months,
            "due_days": feed.cadence.days,
            "grace_days": feed.cadence.grace_days,
            "designation": feed.states.get("designation"),
        }
        for feed in load_feeds().values()
    ]
    return {
        "ref_columns": columns(),
        "ref_feeds": pl.DataFrame(feeds, schema_overrides=dict.fromkeys(DAYS, pl.Int32), infer_schema_length=None),
        "ref_indicators": pl.DataFrame(indicators(load_feeds().values())),
        **signals.tables(),
        **services.tables(),
        "ref_disclosure": pl.DataFrame(
            {name: [limit] for name, limit in disclosure.items() if name not in ("totals", "sums")}
        ),
        "ref_sums": sums.table(),
        "ref_places": name_patterns.places(),
        "ref_matching": pl.DataFrame(
            {"core_signs_min": matching["core_name"]["signs_min"], "ended_grace_days": matching["ended_grace_days"]},
            schema={"core_signs_min": pl.Int32, "ended_grace_days": pl.Int32},
        ),
    }
