"""JSON: an array or JSON lines, values as written, errors by record."""

from pathlib import Path

import pytest

from warehouse.errors import BadInput
from warehouse.intake.readers.records import read_json

pytestmark = pytest.mark.rule("read-as-written")

RECORDS = (
    '{"Name": "甲公司", "No": 440300304917817, "Tags": ["甲", "乙"]}',
    '{"Name": "乙公司", "Area": "4403\\t440305", "Rate": 0.10}',
)


@pytest.mark.parametrize("text", ["[" + ",\n".join(RECORDS) + "]\n", "\n".join(RECORDS), "\ufeff" + "\n".join(RECORDS)])
def test_an_array_and_lines_give_the_same_records(tmp_path: Path, text: str) -> None:
    (path := tmp_path / "a.json").write_text(text, "utf-8")

    assert read_json(path, "a.json").rows.rows() == [
        (0, "Name", "No", "Tags", "Area", "Rate"),
        (1, "甲公司", "440300304917817", "甲；乙", None, None),
        (2, "乙公司", None, None, "4403\t440305", "0.10"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '[{"a": 1}, {"a": ',
        '[{"a": 1}',
        '[{"a": 1}] {"a": 2}]x',
        '{"a": 1, "a": 2}',
        '["a"]',
        '[{"a": "\\ud800"}]',
        "[]",
        '{"a": ' + "[" * 100_000,
        '{"a": "' + "x" * 200_000 + '"}',
    ],
    ids=lambda text: text[:20],
)
def test_an_unreadable_record_is_refused_with_its_number(tmp_path: Path, text: str) -> None:
    (path := tmp_path / "a.json").write_text(text, "utf-8")

    with pytest.raises(BadInput, match=r"a\.json"):
        read_json(path, "a.json")


def test_an_array_of_objects_is_not_read_as_csv_whatever_its_name(tmp_path: Path) -> None:
    (path := tmp_path / "a.json").write_bytes('[{"Name": "甲"}]'.encode("gb18030"))

    with pytest.raises(BadInput, match="UTF-8"):
        read_json(path, "a.json")
