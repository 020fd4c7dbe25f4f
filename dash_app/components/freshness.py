"""How fresh the figures are and whether they can be relied on, in a sentence; the particulars in the foot of a page."""

from collections.abc import Sequence

from dash import html

from dash_app import ids, routing
from dash_app.components.still import GO, Still, still
from dash_app.components.values import AND, day, rows_counted
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import SHARED, Lang, words_of
from service.wording.rendering import Counted, place_name

NAMED = 2
"""Late sources that are named in the line; all of them are in its title."""
word = words_of(SHARED)


def freshness_line(freshness: Row, session: Session) -> Still:
    """Up to which day, which sources are late by how long, what waits, and what of it can be used.

    Who may see the page of data is led there.
    """
    late, lang = freshness["late"], session.lang
    kind, state = _state(freshness, lang)
    parts = [
        html.Span(word("data_to", lang).format(day=day(freshness["day"]))),
        _linked(_late(late, lang), AND[lang].join(_named(late, lang)), session),
        *_refused(freshness["refused"], session),
        *_waiting(freshness["rows_waiting"], lang),
        html.Strong(state, className=f"state-{kind}"),
    ]
    return still(html.P(parts, className="freshness-line"))


def _linked(text: str, title: str, session: Session) -> html.A | html.Span:
    if session.scope.role not in routing.DATA.roles:
        return html.Span(text, title=title or None)
    return html.A(text, href=session.href(routing.DATA.path()), title=title or None, **GO)


def _late(late: Sequence[Row], lang: Lang) -> str:
    if not late:
        return word("none_late", lang)
    key = "late_sources" if len(late) <= NAMED else "late_sources_among"
    return word(key, lang).format(count=Counted(len(late)), named=AND[lang].join(_named(late[:NAMED], lang)))


def _named(late: Sequence[Row], lang: Lang) -> list[str]:
    return [
        word("source_late_by", lang).format(
            feed=feed[lang], on=day(feed["expected_by"]), days=Counted(feed["days_late"])
        )
        for feed in late
    ]


def _refused(refused: Sequence[Row], session: Session) -> list[html.A | html.Span]:
    if not refused:
        return []
    named = AND[session.lang].join(feed[session.lang] for feed in refused)
    files = sum(feed["files"] for feed in refused)
    return [_linked(word("files_refused", session.lang).format(count=files, named=named), "", session)]


def _waiting(rows: int | None, lang: Lang) -> list[html.Span]:
    return [html.Span(word("rows_wait", lang).format(rows=Counted(rows)))] if rows else []


def _state(freshness: Row, lang: Lang) -> tuple[str, str]:
    """Held where a newer release waits; else what rests on late sources, and what refused files bring, is excepted."""
    if freshness["releases_held"]:
        return "held", word("state_held", lang).format(count=Counted(freshness["releases_held"]))
    excepted = [feed[f"designations_{lang}"] for feed in freshness["late"] if feed[f"designations_{lang}"]]
    excepted += [feed[lang] for feed in freshness["refused"]]
    if excepted:
        return "except", word("state_except", lang).format(what=AND[lang].join(dict.fromkeys(excepted)))
    return "safe", word("state_safe", lang)


def footer(freshness: Row, lang: Lang) -> html.Footer:
    """Days, place, run and publication."""
    parts = [
        (word("day", lang), day(freshness["day"])),
        (word("against", lang), day(freshness["previous_day"])),
        (word("place", lang), place_name(freshness["place"], lang)),
        (word("newest_file", lang), day(freshness["newest_received_at"])),
        (word("quarantined", lang), rows_counted(freshness["rows_quarantined"], lang)),
        (word("published", lang), day(freshness["published_at"])),
        (word("run", lang), freshness["run_id"]),
    ]
    spans = [html.Span([html.Span(name, className="quiet"), " ", value]) for name, value in parts]
    return html.Footer(still(*spans), className="fresh", id=ids.FRESHNESS)
