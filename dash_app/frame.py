"""What every page shares: the head, the language switch, the line that says how fresh the figures are."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app.numbers import count, day
from dash_app.words import Lang, word
from tiers.messages.wording import OUTCOMES
from warehouse.release.releases import Published

FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif'
ACCENT = "#12507b"
THEME: dict[str, Any] = {
    "fontFamily": FONT,
    "headings": {"fontFamily": FONT},
    "primaryColor": "blue",
    "primaryShade": 9,
    "defaultRadius": "md",
}
SIGNS = {
    "up": "▲",
    "down": "▼",
    "stalling": "▬",
    "at_risk": "!",
    "new": "＋",
    "gone": "×",
    "cannot_tell": "?",
    "holding": "＝",
}
HIDDEN: Any = {"aria-hidden": "true"}
"""Signs are for the eye; the word beside them is what a screen reader says."""
ANSWER_SIGNS = {outcome: wording.sign for outcome, wording in OUTCOMES.items()}


def parsed(search: str | None) -> dict[str, str]:
    """The parameters of an address."""
    return dict(parse_qsl((search or "").lstrip("?")))


def with_lang(path: str, lang: Lang) -> str:
    """An address in the page's own language."""
    return path if lang == "zh" else f"{path}?lang=en"


def frame(published: Published, lang: Lang, address: dict[str, str], children: list[Any]) -> html.Div:
    """A page with its head and its foot."""
    other = {**address, "lang": "en"} if lang == "zh" else {k: v for k, v in address.items() if k != "lang"}
    return html.Div(
        [
            html.A(word("movers", lang), href="#main", className="skip"),
            html.Header(
                [
                    dcc.Link([html.Strong("Tidu 梯度"), html.Span(word("subtitle", lang))],
                             href=with_lang("/", lang), className="brand"),
                    dcc.Link(word("language", lang), href=f"?{urlencode(other)}", className="lang"),
                ],
                className="head",
            ),
            html.Main([*children, _freshness(published, lang)], id="main"),
        ],
        className="frame",
    )  # fmt: skip


def _freshness(published: Published, lang: Lang) -> html.Footer:
    run = published.query("select * from mart_run__summary")[0]
    newest = published.query(
        "select max(newest_received_at) as at, sum(rows_quarantined)::bigint as waiting from mart_run__freshness"
    )[0]
    parts = [
        (word("day", lang), day(run["day"])),
        (word("against", lang), day(run["previous_day"])),
        (word("place", lang), run["place"]),
        (word("newest_file", lang), day(newest["at"])),
        (word("quarantined", lang), f"{count(newest['waiting'])} {word('rows', lang)}"),
        (word("published", lang), day(run["published_at"])),
        (word("run", lang), run["run_id"]),
    ]
    return html.Footer(
        [html.Span([html.Span(name, className="quiet"), " ", value]) for name, value in parts],
        className="fresh",
        id="freshness",
    )


def nothing_published(lang: Lang) -> html.Div:
    """The page before the first release."""
    return html.Div(
        [
            html.H1(word("no_release_title", lang)),
            html.P(word("no_release", lang)),
            dcc.Link(word("movers", lang), href=with_lang("/", lang)),
        ],
        className="empty",
    )


def movement_badge(movement: str, name: str) -> html.Span:
    """A movement by sign, word and colour, never by colour alone."""
    return html.Span(
        [html.Span(SIGNS.get(movement, ""), **HIDDEN), " ", name],
        className=f"badge move-{movement}",
    )


def answer_badge(outcome: str, name: str) -> html.Span:
    """An answer by sign, word and colour."""
    return html.Span(
        [html.Span(ANSWER_SIGNS.get(outcome, ""), **HIDDEN), " ", name],
        className=f"badge answer-{outcome}",
    )


def labelled(name: str) -> Any:
    """The attribute that names a part of the page for those who do not see it."""
    return {"aria-label": name}


def section(title: str, *children: Any, **attributes: Any) -> dmc.Paper:
    """A part of a page under its own heading."""
    return dmc.Paper(
        [html.H2(title, className="section-title"), *children],
        withBorder=True,
        className="section",
        **attributes,
    )
