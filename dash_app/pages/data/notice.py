"""What became of a form: kept, or not kept and why; of a conflict both versions."""

from collections.abc import Mapping
from typing import Any

from dash import html

from dash_app.wording.loader import Lang, value_word, words_of
from service.casework import BothVersions
from service.reader import BadInput

word = words_of("data")


def kept(act: str, rows: int, lang: Lang) -> html.P:
    """That a decision is kept, on how many, and when it takes effect."""
    return html.P(
        f"{word('kept', lang)} {value_word('data_act', act, lang)} · {rows} · {word('next_run', lang)}",
        className="kept",
    )


def not_kept(error: BadInput, lang: Lang) -> html.Div:
    """Why nothing was kept, in the language of the page."""
    lines = [html.P(line) for line in (error.zh if lang == "zh" else error.en).splitlines()]
    if isinstance(error, BothVersions):
        lines = _both_versions(error, lang)
    return html.Div([html.Strong(word("not_saved", lang)), *lines], className="not-kept", role="alert")


def _both_versions(error: BothVersions, lang: Lang) -> list[Any]:
    """What others decided since, and what was about to be decided, which is not kept."""
    since = [
        html.Li(
            f"{event.seq} · {event.by} · {value_word('data_kind', event.kind, lang)} · {event.why}"
            f" {_values(event.content)}"
        )
        for event in error.events
    ]
    draft = error.draft
    typed = f"{value_word('data_kind', draft.kind, lang)} · {draft.why} {_values(draft.content)}"
    return [
        html.P(word("conflict", lang)),
        html.P(word("others_saved", lang)),
        html.Ul(since),
        html.P(word("typed_by_you", lang)),
        html.Ul([html.Li(typed)]),
    ]


def _values(content: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in content.items() if value not in (None, "", []))
