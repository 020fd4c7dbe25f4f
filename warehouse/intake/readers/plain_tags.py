"""Regular expressions for the tags of a sheet as spreadsheets write them; any other notation needs a parser.

calamine matches tags by local name. So no pattern here may accept a tag that calamine would read as a row, cell, column
or merged range and that the patterns of ``sheet_outline`` would miss.
"""

from functools import lru_cache

_VALUE = '="[^"<>&]*"'
_OTHERS = f" [A-Za-z_][\\w:.-]*{_VALUE}"
_NOT_R = f"(?: (?:[A-Za-qs-z_][\\w:.-]*|r[\\w:.-]+){_VALUE})*"
PLAIN_CELL = '<c r="[A-Z]{1,3}[0-9]{1,7}'
"""The start of a cell with a reference."""

_TAGS = (
    f'{PLAIN_CELL}"{_NOT_R}/?>',
    "</?(?:v|f|is|t|r)>|</(?:c|row)>",
    f'<row r="[0-9]{{1,7}}"{_NOT_R} ?/?>',
    '<mergeCell ref="[A-Z0-9:]+" ?/>',
    f"<col(?:{_OTHERS})+ ?/>",
    # Other tags of a sheet: names that begin with c, m or r are listed, all others cannot be a cell, merge or row.
    r"</?(?:cols|mergeCells|rowBreaks|colBreaks|controls?|customSheetViews?|customPr|conditionalFormatting|cfRule|cfvo"
    r'|color|colorScale|rPr|rFont|charset|condense|r)(?: [\w:.-]+="[^"<>]*")* ?/?>',
    r'</?[abd-ln-qs-zA-Z]\w*(?: [\w:.-]+="[^"<>]*")* ?/?>',
    r'</?\w+:[abd-ln-qs-zA-Z]\w*(?: [\w:.-]+="[^"<>]*")* ?/?>',
    r"""<\?xml version=["']1\.[01]["'](?: encoding=["'][Uu][Tt][Ff]-8["'])?(?: standalone=["'](?:yes|no)["'])? ?\?>""",
)
IS_PLAIN = "|".join(_TAGS)
"""Matches as often as ``<`` occurs if every tag is in plain notation."""

GUARD = '"""'
"""Takes the place of usual cells: no tag that is cut by it becomes one in plain notation."""
_STYLES_NAMED = 64
"""Numbers of cell styles that the pattern of usual cells distinguishes; most workbooks have fewer."""
_EXACT = r"-?(?:[0-9]{1,6}\.[0-9]{1,8}|[0-9]{1,15})"
"""Numbers that need no second look, see ``number_cells``."""


@lru_cache(maxsize=100)
def usual_cells(styles: frozenset[int]) -> str:
    """Matches runs of cells in plain notation that hold a text or a number as it is written, with the ends of rows.

    ``styles`` are those whose numbers are not. Nine tenths of a sheet are such cells, passed over in one match.
    """
    plain = "|".join(str(style) for style in range(_STYLES_NAMED) if style not in styles)
    cells = (
        rf'(?: s="(?:{plain})")?(?: t="n")?><v>{_EXACT}</v></c>',
        r'(?: s="[0-9]+")? t="s"><v>[0-9]+</v></c>',
        r'(?: s="[0-9]+")? t="inlineStr"><is><t(?: xml:space="preserve")?>[^<]*</t></is></c>',
        r'(?: s="[0-9]+")?/>',
    )
    row = r'</row><row r="[0-9]{1,7}"(?: spans="[0-9:]+")?>'
    return f'(?:{PLAIN_CELL}"(?:{"|".join(cells)})|{row})+'


def beyond(rows: int, columns: str) -> str:
    """Matches cells below a row or to the right of a column, given by its letters; and some with leading zeros."""
    last = len(columns)
    letters = [f"{columns[:at]}[{chr(ord(columns[at]) + 1)}-Z][A-Z]{{{last - at - 1}}}" for at in _below(columns, "Z")]
    longer = [f"[A-Z]{{{last + 1},}}"]
    written = str(rows)
    digits = [
        f"{written[:at]}[{int(written[at]) + 1}-9][0-9]{{{len(written) - at - 1}}}" for at in _below(written, "9")
    ]
    return (
        f'<c r="(?:(?:{"|".join(letters + longer)})[0-9]'
        f'|[A-Z]{{1,3}}(?:{"|".join([*digits, f"[0-9]{{{len(written) + 1},}}"])})")'
    )


def _below(text: str, last: str) -> list[int]:
    """The places of a text at which another sign may follow the one there."""
    return [at for at, sign in enumerate(text) if sign < last]
