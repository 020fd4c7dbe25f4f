"""Still parts: what is drawn as one component is the same HTML, and every text in it stays a text."""

import pytest
from dash import dcc, html

from dash_app.components import elements
from dash_app.components.still import html_of, still

pytestmark = pytest.mark.rule("data-is-text")


def test_elements_attributes_and_texts_are_written_as_html() -> None:
    row = html.Div([html.A("甲", href="/a?x=1&y=2", className="b"), None, 3, html.Br()], **{"data-x": "1"}, hidden=True)  # type: ignore[arg-type]

    assert html_of(row) == '<div data-x="1" hidden=""><a class="b" href="/a?x=1&amp;y=2">甲</a>3<br></div>'


def test_a_hostile_name_stays_a_name_in_texts_and_attributes() -> None:
    hostile = "<script>alert(1)</script>\" onload='x'"

    written = html_of(html.P(hostile, title=hostile))

    assert "<script" not in written
    assert "&quot; onload=&#x27;x&#x27;" in written


def test_a_link_is_followed_without_loading_the_page_and_a_field_is_one() -> None:
    assert html_of(dcc.Link("甲", href="/a")) == '<a data-go="" href="/a">甲</a>'
    assert html_of(dcc.Input(type="search", name="q", value='a"b')) == '<input name="q" type="search" value="a&quot;b">'


def test_still_parts_nest_and_other_components_are_refused() -> None:
    assert html_of([still(html.B("x")), "<"]) == "<b>x</b>&lt;"
    with pytest.raises(TypeError, match="Store"):
        still(dcc.Store(id="x"))
    with pytest.raises(TypeError, match="title"):
        still("x", title="y")


def test_an_element_written_at_once_is_that_of_the_component_and_escapes_as_it_does() -> None:
    named = {"className": "a", "data-x": "<1>", "tabIndex": 0, "hidden": True, "title": None, "contentEditable": False}
    for children in ("<甲>", [elements.B("&"), None, 3, html.Br()], None):
        assert elements.Td(children, **named) == html_of(html.Td(children, **named))
