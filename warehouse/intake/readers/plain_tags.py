"""Regular expressions for the tags of a sheet as spreadsheets write them; any other notation needs a parser.

calamine matches tags by local name. So no pattern here may accept a tag that calamine would read as a row, cell, column
or merged range and that the patterns of ``sheet_outline`` would miss.
"""

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
