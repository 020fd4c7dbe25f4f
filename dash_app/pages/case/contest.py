"""The form by which a firm's figure is contested: which figure, what it should be, why, and the files that prove it."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dash_app.components.sections import aria_label
from dash_app.components.still import Still, still
from dash_app.routing import CONTEST
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.case_rules import case_rules
from service.wording.rendering import Counted

word = words_of("case")


_FILES: dict[str, Any] = {"type": "file", "name": "proof", "multiple": True}
"""A field of files, which Dash's own component does not know and HTML does."""
OPEN = "contest"
"""The value of ``open`` in the address that opens the form."""


def contest_fold(firm_id: str, figures: Sequence[Row], request: str, session: Session) -> html.Details:
    """The fold of the form; that there is nothing to contest where no figure is on record."""
    nothing = html.P(word("nothing_known", session.lang), className="state-empty")
    body = contest_form(firm_id, figures, request, session) if figures else nothing
    is_open = session.address.get("open") == OPEN
    return html.Details([html.Summary(word("do_contest", session.lang)), body], open=is_open)


def contest_form(firm_id: str, figures: Sequence[Row], request: str, session: Session) -> Still:
    """The form as HTML: ``assets/case.js`` sends it with its files and shows the answer in its notice."""
    lang, rules = session.lang, case_rules().proofs
    types = ("、" if lang == "zh" else ", ").join(getattr(kind, lang) for kind in rules.types.values())
    hint = word("proof_hint", lang).format(most=Counted(rules.most), mb=rules.largest_mb, types=types)
    form: dict[str, Any] = {"data-contest": "", "action": session.href(CONTEST.replace("<firm_id>", firm_id))}
    return still(
        html.Form(
            [
                dcc.Input(type="hidden", name="request", value=request),
                _labelled("fact", _figures(figures, lang), lang),
                _labelled(
                    "claimed", dcc.Input(type="text", name="claimed", required=True), lang, word("claimed_hint", lang)
                ),
                _labelled("why", html.Textarea(name="why", required=True, rows=2), lang),
                _labelled("proofs", dcc.Input(**_FILES), lang, hint),
                html.Div(
                    [
                        html.Button(
                            word("would_change", lang),
                            type="submit",
                            name="act",
                            value="preview",
                            className="button second",
                        ),
                        html.Button(
                            word("send_contest", lang), type="submit", name="act", value="send", className="button"
                        ),
                    ],
                    className="ways",
                ),
                html.Div(role="status", className="contest-notice", **aria_label(word("do_contest", lang))),
            ],
            className="form contest-form",
            method="post",
            encType="multipart/form-data",
            **form,
        )
    )


def _labelled(name: str, control: Any, lang: Lang, hint: str = "") -> html.Label:
    worded = [html.Span(hint, className="quiet")] if hint else []
    return html.Label([html.Span(word(name, lang)), control, *worded])


def _figures(figures: Sequence[Row], lang: Lang) -> html.Select:
    options = [
        html.Option(f"{row[lang]} · {row['value']:,.10g} {value_word('unit', row['unit'], lang)}", value=row["fact"])
        for row in figures
    ]
    return html.Select([html.Option("", value=""), *options], name="fact", required=True)
