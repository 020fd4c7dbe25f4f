"""Fonts and colours, the same for components and charts."""

from typing import Any

FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif'
ACCENT = "#12507b"
THEME: dict[str, Any] = {
    "fontFamily": FONT,
    "headings": {"fontFamily": FONT},
    "primaryColor": "blue",
    "primaryShade": 9,
    "defaultRadius": "md",
}
