"""The facets: each value with how many rows it will show, those of nothing too; and chips of what is on."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc

from dash_app import ids
from dash_app.components import elements
from dash_app.components.badges import HIDDEN, SIGNS
from dash_app.components.sections import aria_label
from dash_app.components.still import KEEPS_PLACE, Written
from dash_app.components.values import count
from dash_app.pages.movers.state import State
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.queries.movers.mover_filters import EVERYBODY, NONE, Filters
from service.queries.movers.mover_list import Choice
from service.wording.rendering import Counted, park_name

OPEN = ("change", "signal", "held", "met", "judged", "due_within")
"""The facets that are open when the page is."""
WORDS = {
    "change": "change", "signal": "signal_filter", "held": "held_filter", "met": "met_filter",
    "judged": "judged_filter", "designation": "about", "due_within": "due_filter", "owner": "owner",
    "incubator": "incubator", "park": "park", "sector": "sector", "q": "search",
}  # fmt: skip
NONE_OF = {
    "held": "none_held", "met": "none_met", "owner": "none_owner", "incubator": "none_incubator", "park": "none_park",
    "sector": "none_sector",
}  # fmt: skip

word = words_of("movers")
Facets = Mapping[str, Sequence[Choice]]


def facets(choices: Facets, state: State, session: Session) -> Written:
    """A fold for each facet; a value is a link that filters by it, or no longer does."""
    folds = [_facet(field, values, state, session) for field, values in choices.items()]
    return elements.Nav(folds, id=ids.FACETS, className="facets", **aria_label(word("filters", session.lang)))


def _facet(field: str, values: Sequence[Choice], state: State, session: Session) -> Written:
    chosen = state.chosen.get(field, "")
    items = [elements.Li(_choice(field, choice, chosen, state, session)) for choice in values]
    return elements.Details(
        [elements.Summary(word(WORDS[field], session.lang)), elements.Ul(items)], open=field in OPEN or bool(chosen)
    )


def _choice(field: str, choice: Choice, chosen: str, state: State, session: Session) -> Written:
    is_chosen = choice.value in chosen.split(",")
    target = state.filtered(session, **{field: "" if is_chosen else choice.value})
    marks: dict[str, Any] = {"aria-current": "true"} if is_chosen else {}
    sign = elements.Span(SIGNS[choice.value], className="sign", **HIDDEN) if choice.value in SIGNS else None
    return elements.A(
        [elements.Span([sign, named(field, choice, session.lang)]), elements.B(count(choice.rows))],
        href=target,
        className="facet" + ("" if choice.rows else " zero"),
        **KEEPS_PLACE,
        **marks,
    )


def named(field: str, choice: Choice, lang: Lang) -> str:
    """A value in words."""
    if choice.value == NONE:
        return word(NONE_OF[field], lang)
    if field == "due_within":
        return word("days", lang).format(days=Counted(choice.value))
    if field == "sector":
        return value_word("sector", choice.value, lang)
    if field == "park":
        return park_name(choice.value, lang)
    return (choice.zh if lang == "zh" else choice.en) or choice.value


def chips(choices: Facets, state: State, session: Session) -> Written | None:
    """What is on, each with the link that takes it away, and the one that takes all away."""
    lang = session.lang
    if not state.chosen:
        return None
    on = [_chip(field, shown(field, value, choices, lang), state, session) for field, value in state.chosen.items()]
    clear = dcc.Link(word("clear", lang), href=state.href(session, filters=Filters(owner=EVERYBODY)), className="clear")
    return elements.Ul(
        [*map(elements.Li, on), elements.Li(clear)], className="on", **aria_label(word("what_is_on", lang))
    )


def shown(field: str, value: str, choices: Facets, lang: Lang) -> str:
    """The value of a filter in words, several joined."""
    known = {choice.value: choice for choice in choices.get(field, ())}
    parts = [named(field, known.get(part, Choice(part, None, None, 0)), lang) for part in value.split(",")]
    return " / ".join(parts)


def _chip(field: str, text: str, state: State, session: Session) -> Written:
    lang = session.lang
    removed = state.filtered(session, **{field: EVERYBODY if field == "owner" else ""})
    label = f"{word('remove', lang)} {word(WORDS[field], lang)} {text}"
    return elements.A(
        [f"{word(WORDS[field], lang)} {text} ", elements.Span("×", **HIDDEN)],
        href=removed,
        className="chip chosen",
        **aria_label(label),
        **KEEPS_PLACE,
    )
