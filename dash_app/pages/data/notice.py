"""What became of a form: kept, or not kept and why; of a conflict both versions."""

from dash import html

from dash_app.wording.loader import Lang, value_word, words_of

word = words_of("data")


def kept(act: str, rows: int, lang: Lang) -> html.P:
    """That a decision is kept, on how many, and when it takes effect."""
    return html.P(
        f"{word('kept', lang)} {value_word('data_act', act, lang)} · {rows} · {word('next_run', lang)}",
        className="kept",
    )
