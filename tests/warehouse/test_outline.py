"""What is read from the XML of a sheet beside its values is the same by patterns, in any chunks, and by a parser."""

import re

import pytest
from examples import examples
from hypothesis import assume, given
from hypothesis import strategies as st

from warehouse.intake.readers import plain_tags, sheet_outline
from warehouse.intake.readers.number_cells import NumberCells, letters_of
from warehouse.intake.readers.sheet_outline import Outline

pytestmark = pytest.mark.rule("read-as-written")

DATES = frozenset({2, 70})
NUMBERS = [
    "5",
    "-3.25",
    "0.1234567890123",
    "9.789999999999999",
    "1E-10",
    "12345678901234567",
    "1234567.5",
    "-999999.12345678",
]
CELLS = st.one_of(
    st.builds(
        '<c r="{{}}"{}{}><v>{}</v></c>'.format,
        st.sampled_from(["", ' s="1"', ' s="2"', ' s="70"']),
        st.sampled_from(["", ' t="n"']),
        st.sampled_from(NUMBERS),
    ),
    st.sampled_from([
        '<c r="{}" t="inlineStr"><is><t>甲公司</t></is></c>',
        '<c r="{}" s="2" t="inlineStr"><is><t xml:space="preserve"> 5 </t></is></c>',
        '<c r="{}" s="2" t="s"><v>3</v></c>',
        '<c r="{}" s="2"/>',
        '<c r="{}" t="e"><v>#REF!</v></c>',
        '<c r="{}" s="2"><f>A1+1</f><v>45000</v></c>',
        '<c r="{}"><f>A1+1</f></c>',
        '<c r="{}" t="str"><f>A1</f><v>x</v></c>',
    ]),
)  # fmt: skip
PLACES = st.tuples(st.integers(1, 1200), st.integers(1, 800))
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", ' spans="1:9"', ' hidden="1"', ' ht="15"']), st.lists(st.tuples(PLACES, CELLS), max_size=6)
    ),
    min_size=1,
    max_size=6,
)


def sheet(rows: list[tuple[str, list[tuple[tuple[int, int], str]]]]) -> bytes:
    """The XML of a sheet; cells may state any place, whatever their row, but none twice."""
    places = [at for _, cells in rows for at, _ in cells]
    assume(len(places) == len(set(places)))
    written = [
        f'<row r="{number}"{more}>{"".join(cell.format(f"{letters_of(at[1])}{at[0]}") for at, cell in cells)}</row>'
        for number, (more, cells) in enumerate(rows, 1)
    ]
    merges = '<mergeCells><mergeCell ref="A1:A3"/></mergeCells>'
    return f"<worksheet><sheetData>{''.join(written)}</sheetData>{merges}</worksheet>".encode()


def content_of(outline: Outline) -> tuple[object, ...]:
    numbers = sorted(outline.numbers.frame().rows())
    return (outline.rows, outline.columns, outline.merged, outline.hidden_rows, outline.faults.texts, numbers)


@given(rows=ROWS, size=st.integers(20, 400))
@examples(60, deadline=None)
def test_patterns_and_a_parser_find_the_same(
    rows: list[tuple[str, list[tuple[tuple[int, int], str]]]], size: int
) -> None:
    xml = sheet(rows)
    chunks = [xml[at : at + size] for at in range(0, len(xml), size)]

    scanned = sheet_outline._scanned(chunks, "x", Outline(numbers=NumberCells(DATES)))
    parsed = sheet_outline._parsed([xml], "x", Outline(numbers=NumberCells(DATES)))

    assert scanned is not None
    assert content_of(scanned) == content_of(parsed)


@given(PLACES, PLACES)
@examples(100)
def test_cells_beyond_a_row_or_a_column(bound: tuple[int, int], place: tuple[int, int]) -> None:
    pattern = plain_tags.beyond(bound[0], letters_of(bound[1]))

    is_beyond = re.match(pattern, f'<c r="{letters_of(place[1])}{place[0]}"') is not None

    assert is_beyond == (place[0] > bound[0] or place[1] > bound[1])
