"""What is worked out when its fold is opened: the smallest step, trials of figures, worth, duties, services."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dash_app.components.sections import scrollable, table
from dash_app.components.things import line
from dash_app.components.values import day
from dash_app.rows import Row
from dash_app.wording.loader import Lang, value_word, words_of
from service.casework import Study
from service.wording.rendering import Counted, show, show_fact

word = words_of("firm")


def step(study: Study, designation: str, lang: Lang) -> list[Any]:
    """The smallest change of figures that meets the title, and the other ways; or what stands in the way."""
    answer = study.step(designation)
    ways = [(word("smallest", lang), answer)] if answer["changes"] else []
    ways += [(f"{word('another_way', lang)} {number}", way) for number, way in enumerate(answer["others"], 1)]
    worded = [html.P(text) for text in _worded(answer, lang)]
    caution = [] if answer["is_proven"] else [html.P(word("not_proven", lang), className="quiet")]
    return [*worded, *(_way(title, way, lang) for title, way in ways), *caution]


def _worded(answer: Row, lang: Lang) -> list[str]:
    worded = []
    if answer["outcome"] in ("met", "judgement") and not answer["changes"]:
        worded.append(word("already", lang))
    if answer["missing_fact"]:
        worded.append(answer[f"missing_{lang}"])
    if answer["is_closed"]:
        worded.append(word("closed_because", lang).format(what=answer[f"blocked_{lang}"]))
    elif answer["opens_on"]:
        worded.append(word("opens_on", lang).format(day=answer["opens_on"]))
    elif answer["blocked_by"]:
        worded.append(word("blocked_by", lang).format(what=answer[f"blocked_{lang}"]))
    if answer["next_rung"]:
        worded.append(word("next_open_rung", lang).format(title=answer["next_rung"][lang]))
    return worded


def _way(title: str, way: Row, lang: Lang) -> html.Div:
    rows = [
        line([
            change[lang], show_fact(change["fact"], change["now"], lang), change["then_typed"],
            change[f"condition_{lang}"], change["clause"],
        ])
        for change in way["changes"]
    ]  # fmt: skip
    heads = [word(name, lang) for name in ("figure", "now", "then", "because", "clause")]
    reached = f"{title} → {value_word('outcome', way['outcome'], lang)}"
    return html.Div([html.H3(reached), scrollable(table(heads, rows), title)])


def worth(study: Study, designation: str, lang: Lang) -> list[Any]:
    """What the title is worth in yuan a year, then the best lawful set of tax benefits with what was left out."""
    reliefs = [
        line([row[lang], _yuan(row["yuan"], lang), row[f"assumed_{lang}"], row["document"]])
        for row in study.worth(designation)
    ]
    heads = [word(name, lang) for name in ("relief", "yuan_a_year", "assumed", "document")]
    best = study.entitlements()
    policies = [
        line([value_word("policy", row["state"], lang), row[lang], row[f"because_{lang}"], row["document"]])
        for row in best["policies"]
    ]
    policy_heads = [word(name, lang) for name in ("state", "benefit", "because", "document")]
    tax = word("tax_with", lang).format(
        before=_yuan(best["tax_before_yuan"], lang), after=_yuan(best["tax_yuan"], lang)
    )
    return [
        scrollable(table(heads, reliefs), word("worth", lang)),
        html.H3(word("best_set", lang)),
        html.P([html.B(tax), " ", html.Span(best[f"assumed_{lang}"], className="quiet")]),
        scrollable(table(policy_heads, policies), word("best_set", lang)),
    ]


def _yuan(value: float | None, lang: Lang) -> str:
    return word("not_estimated", lang) if value is None else show(value, "yuan", lang)


def duties(study: Study, lang: Lang) -> list[Any]:
    """Of each title held: its duties with their days, and what ends it."""
    answer = study.duties()
    if not answer["titles"]:
        return [html.P(word("no_title_held", lang), className="state-empty")]
    return [part for title in answer["titles"] for part in _of_title(title, lang)]


def _of_title(title: Row, lang: Lang) -> list[Any]:
    days = f"{day(title['valid_from'])} – {day(title['valid_to'])}"
    heads = [word(name, lang) for name in ("due_by", "duty", "document", "clause")]
    rows = [line([_when(duty, lang), duty[lang], duty["document"], duty["clause"]]) for duty in title["duties"]]
    ends = [html.Li(f"{ending[lang]}（{ending['document']} {ending['clause']}）") for ending in title["ends"]]
    return [
        html.H3([title[lang], " ", html.Span(days, className="quiet")]),
        scrollable(table(heads, rows), title[lang]) if rows else html.P(word("no_duty", lang), className="quiet"),
        *([html.P(word("ends_it", lang)), html.Ul(ends)] if ends else []),
    ]


def _when(duty: Row, lang: Lang) -> str:
    if duty["due_on"] is not None:
        return day(duty["due_on"])
    return word("after_change", lang).format(months=Counted(duty["months"])) if duty["months"] else "–"


def services(study: Study, lang: Lang) -> list[Any]:
    """The services that answer the firm: what each answers, who gives it, when it was last given with what result."""
    rows = [_service(row, lang) for row in study.services()]
    if not rows:
        return [html.P(word("no_service", lang), className="state-empty")]
    heads = [word(name, lang) for name in ("service", "answers", "provider", "last_given")]
    return [scrollable(table(heads, rows), word("services", lang))]


def _service(row: Row, lang: Lang) -> html.Tr:
    joint = "、" if lang == "zh" else "; "
    given = " ".join(str(part) for part in (row["given_on"], row[f"outcome_{lang}"]) if part)
    return line([row[f"service_{lang}"], joint.join(row[f"answers_{lang}"]), row[f"provider_{lang}"], given or "–"])


def due(rows: Sequence[Row], lang: Lang) -> list[Any]:
    """What is due of the firm: by when, by when to start, which steps, what follows where it is missed."""
    if not rows:
        return [html.P(word("nothing_due", lang), className="state-empty")]
    listed = [_due(row, lang) for row in rows]
    heads = [word(name, lang) for name in ("due_by", "start_by", "duty", "state", "who", "steps", "missed")]
    return [scrollable(table(heads, listed), word("due", lang))]


def _due(row: Row, lang: Lang) -> html.Tr:
    what = html.Div(f"{row[f'designation_{lang}']} {row[f'duty_{lang}']}")
    worded = [row[f"{name}_{lang}"] for name in ("state", "owner_role", "steps", "missed")]
    note = html.Div(row[f"note_{lang}"], className="quiet")
    return line([day(row["due_on"]), day(row["start_by"]), [what, note], *worded])
