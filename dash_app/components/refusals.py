"""Why nothing was saved; of a conflict with both versions."""

from collections.abc import Mapping
from typing import Any

from dash import html

from dash_app.wording.loader import SHARED, Lang, value_word, words_of
from service.casework import BothVersions
from service.reader import BadInput

word = words_of(SHARED)


def not_kept(error: BadInput, lang: Lang) -> html.Div:
    """Why nothing was saved, in the language of the page; of a conflict with both versions."""
    lines = [html.P(line) for line in (error.zh if lang == "zh" else error.en).splitlines()]
    if isinstance(error, BothVersions):
        lines = _both_versions(error, lang)
    return html.Div([html.Strong(word("not_kept", lang)), *lines], className="not-kept", role="alert")


def _both_versions(error: BothVersions, lang: Lang) -> list[html.P]:
    saved = [
        html.P(f"{event.seq} · {event.by} · {value_word('case_event', event.kind, lang)} · {_values(event.content)}")
        for event in error.events
    ]
    return [
        html.P(error.conflict.zh if lang == "zh" else error.conflict.en),
        html.P(word("saved_by_others", lang)),
        *saved,
        html.P(word("typed_by_you", lang)),
        html.P(_values(error.draft.content)),
    ]


def _values(content: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in content.items() if value not in (None, "", []))
