"""How spreadsheets spell the tags of a sheet: whatever fits none of these patterns is left to a real parser.

A reader of workbooks finds tags by their name without its prefix. So no pattern lets through a tag that such a reader
could take for a row, a cell, a column or merged cells and that the patterns for those do not read.
"""

_VALUE = '="[^"<>&]*"'
_OTHERS = f" [A-Za-z_][\\w:.-]*{_VALUE}"
_NOT_R = f"(?: (?:[A-Za-qs-z_][\\w:.-]*|r[\\w:.-]+){_VALUE})*"
PLAIN_CELL = '<c r="[A-Z]{1,3}[0-9]{1,7}'
"""The begin of a cell that says where it stands."""

_TAGS = (
    f'{PLAIN_CELL}"{_NOT_R}/?>',
    "</?(?:v|f|is|t|r)>|</(?:c|row)>",
    f'<row r="[0-9]{{1,7}}"{_NOT_R} ?/?>',
    '<mergeCell ref="[A-Z0-9:]+" ?/>',
    f"<col(?:{_OTHERS})+ ?/>",
    # The frame of a sheet; whatever begins with c, m or r is named, all else cannot be meant as a cell.
    r"</?(?:cols|mergeCells|rowBreaks|colBreaks|controls?|customSheetViews?|customPr|conditionalFormatting|cfRule|cfvo"
    r'|color|colorScale|rPr|rFont|charset|condense|r)(?: [\w:.-]+="[^"<>]*")* ?/?>',
    r'</?[abd-ln-qs-zA-Z]\w*(?: [\w:.-]+="[^"<>]*")* ?/?>',
    r'</?\w+:[abd-ln-qs-zA-Z]\w*(?: [\w:.-]+="[^"<>]*")* ?/?>',
    r"""<\?xml version=["']1\.[01]["'](?: encoding=["'][Uu][Tt][Ff]-8["'])?(?: standalone=["'](?:yes|no)["'])? ?\?>""",
)
IS_PLAIN = "|".join(_TAGS)
"""Counted as often as there are signs that open a tag, where every tag is spelled plainly."""
