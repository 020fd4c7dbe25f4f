"""Why nothing was saved; of a conflict with both versions."""

from collections.abc import Mapping
from typing import Any

from dash import html

from dash_app.wording.loader import SHARED, Lang, value_word, words_of
from service.casework import BothVersions
from service.errors import BadInput, WarehouseError

word = words_of(SHARED)


def not_kept(error: BadInput, lang: Lang, kinds: str = "case_event") -> html.Div:
    """Why nothing was saved, in the language of the page; of a conflict with both versions.

    ``kinds`` is the enumeration that words the kinds of the events.
    """
    lines = [html.P(error.zh if lang == "zh" else error.en)]
    if isinstance(error, BothVersions):
        lines = _both_versions(error, lang, kinds)
    return html.Div([html.Strong(word("not_saved", lang)), *lines], className="not-kept", role="alert")


def unreadable(error: WarehouseError, lang: Lang, what: str = "casebook_unreadable") -> html.Div:
    """What cannot be read, by default the casebook, why, and the way out.

    Where it lies and the message of its library are for the log.
    """
    return html.Div([html.Strong(word(what, lang)), html.P(error.reason(lang))], className="not-kept", role="alert")


def _both_versions(error: BothVersions, lang: Lang, kinds: str) -> list[html.P]:
    saved = [
        html.P(
            f"{event.seq} · {event.by} · {value_word(kinds, event.kind, lang)} · {event.why} · {_values(event.content)}"
        )
        for event in error.events
    ]
    draft = error.draft
    return [
        html.P(error.conflict.zh if lang == "zh" else error.conflict.en),
        html.P(word("others_saved", lang)),
        *saved,
        html.P(word("you_typed", lang)),
        html.P(f"{value_word(kinds, draft.kind, lang)} · {draft.why} · {_values(draft.content)}"),
    ]


def _values(content: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in content.items() if value not in (None, "", []))
