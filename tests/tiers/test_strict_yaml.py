"""The YAML reader of rules and warehouse: malformed files are refused with file and line."""

from pathlib import Path

import pytest

from tiers.errors import DefinitionError
from tiers.strict_yaml import load
from tiers.yaml_file import YamlFile
from warehouse.definition import read_yaml
from warehouse.errors import DefinitionError as WarehouseDefinitionError

pytestmark = pytest.mark.rule("strict-definitions")

REFUSED = [
    pytest.param(b"a: 1\nb:\n  c: 1\n  c: 2\n", 4, "given twice", id="repeated-key"),
    pytest.param(b"a: [{x: 1}, {x: 1, y: 2, x: 3}]\n", 1, "given twice", id="repeated-key-in-a-list"),
    pytest.param(b"base: &base {x: 1, x: 2}\nother: *base\n", 1, "given twice", id="repeated-key-in-an-anchor"),
    pytest.param(b"a: 1\nb: [1, 2\nc: 3\n", 3, "expected", id="not-yaml"),
    pytest.param(b"a: 1\nb: 2026-02-30\n", 1, "day is out of range", id="no-such-day"),
    pytest.param(b"a: \xb9\xfa\n", 1, "utf-8", id="not-utf-8"),
    pytest.param(b"- 1\n", 1, "mapping", id="a-list"),
    pytest.param(b"", 1, "mapping", id="empty"),
]


@pytest.mark.parametrize(("content", "line", "message"), REFUSED)
def test_a_malformed_file_is_refused_with_its_line(tmp_path: Path, content: bytes, line: int, message: str) -> None:
    path = tmp_path / "some.yml"
    path.write_bytes(content)

    with pytest.raises(DefinitionError, match=rf"^some\.yml:{line}: .*{message}"):
        YamlFile(path)
    with pytest.raises(WarehouseDefinitionError, match=rf"^some\.yml:{line}: .*{message}"):
        read_yaml(path)


def test_every_value_keeps_its_line_and_an_absent_one_that_of_its_parent(tmp_path: Path) -> None:
    path = tmp_path / "some.yml"
    path.write_text("a:\n  - {b: 1}\n  -\n    b: 2\n", "utf-8")
    document = load(path)

    assert document.content == {"a": [{"b": 1}, {"b": 2}]}
    assert [document.line(trail) for trail in (("a", 0, "b"), ("a", 1, "b"), ("a", 1, "c"), ("z",))] == [2, 4, 4, 1]
