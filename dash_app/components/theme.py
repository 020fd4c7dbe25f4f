"""Fonts and colours, the same for components, grids and charts."""

from typing import Any

FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif'
ACCENT = "#12507b"
HEADER = "#eef3f7"
THEME: dict[str, Any] = {
    "fontFamily": FONT,
    "headings": {"fontFamily": FONT},
    "primaryColor": "blue",
    "primaryShade": 9,
    "defaultRadius": "md",
}
GRID_THEME = (
    f"themeQuartz.withParams({{fontFamily: {FONT!r}, accentColor: '{ACCENT}', headerBackgroundColor: '{HEADER}'}})"
)
"""AG Grid's theme as the function that its options take."""
