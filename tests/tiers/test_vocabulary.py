"""The vocabulary of facts, and the designations of facts about titles."""

import re
from pathlib import Path

import pytest

from tiers import load_rulebook
from tiers.errors import DefinitionError
from tiers.schema.facts import read_vocabulary

pytestmark = pytest.mark.rule("strict-definitions")

FACTS = Path(__file__).resolve().parents[2] / "warehouse" / "models" / "facts" / "core_firm__facts.sql"
GOOD = """yearly:
  revenue_fen: {type: money, unit: yuan, zh: 收入, en: revenue}
on_the_day:
  holds_hnte: {type: bool, unit: bool, of: hnte, zh: 持证, en: holds a certificate}
"""


def read(tmp_path: Path, before: str = "", after: str = "") -> dict[str, object]:
    path = tmp_path / "facts.yml"
    path.write_text(GOOD.replace(before, after, 1), "utf-8")
    return dict(read_vocabulary(path))


def test_a_fact_is_read_with_its_designation(tmp_path: Path) -> None:
    assert list(read(tmp_path)) == ["revenue_fen", "holds_hnte"]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("type: money", "type: monye", r"facts\.yml:2: .*type"),
        ("unit: yuan, ", "", r"facts\.yml:2: .*unit"),
        ("of: hnte", "belongs_to: hnte", r"facts\.yml:4: .*belongs_to"),
        ("of: hnte", "of: htne", r"facts\.yml:4: .*htne"),
        ("on_the_day", "on_a_day", r"facts\.yml:3: .*yearly, on_the_day"),
        ("of: hnte", "asks: held", r"facts\.yml:4: .*asks"),
        ("holds_hnte", "revenue_fen", r"facts\.yml:4: .*given twice"),
    ],
)
def test_an_invalid_entry_is_refused_with_its_line(tmp_path: Path, before: str, after: str, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        read(tmp_path, before, after)


def test_every_fact_about_titles_that_the_model_names_has_its_designation() -> None:
    """A fact without designation would silently be null for every firm; what asks for a title is a column by data."""
    tables = load_rulebook().tables()
    asking = {*tables["ref_held_facts"].columns, *tables["ref_held_otherwise_facts"].columns}
    mapped = set(tables["ref_title_facts"]["fact"])
    named = set(re.findall(r"fact = '((?:holds|is|last)_\w+)'", FACTS.read_text("utf-8")))

    assert named | asking == mapped
    assert named & asking == set()
