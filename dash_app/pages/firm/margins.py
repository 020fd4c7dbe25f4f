"""The margin bar: a value against its line, as two lengths with the numbers printed beside them."""

from dash import html

from dash_app.components.badges import HIDDEN
from dash_app.rows import Row
from service.wording.rendering import answer_of

RISING, FALLING = ("at_least", "more_than"), ("at_most", "less_than")
WITHOUT_LENGTH = ("bool", "code", "date", "text", "rank")


def line_of(condition: Row) -> float | None:
    """The value that the condition asks for, from value and distance; None where it has no single line."""
    value, distance = condition["value"], condition.get("distance")
    if value is None or distance is None or condition["unit"] in WITHOUT_LENGTH:
        return None
    if condition.get("operator") in RISING:
        return float(value + distance)
    return float(value - distance) if condition.get("operator") in FALLING else None


def margin_bar(condition: Row) -> html.Span | None:
    """The bar; None where value and line make no lengths. Screen readers have the numbers, not the bar."""
    line = line_of(condition)
    if line is None:
        return None
    low, high = min(0.0, line, condition["value"]), max(0.0, line, condition["value"])
    if high == low:
        return None
    value_at, line_at = (100 * (number - low) / (high - low) for number in (condition["value"], line))
    return html.Span(
        [
            html.Span(className=f"fill answer-{answer_of(condition)}", style={"width": f"{value_at:.1f}%"}),
            html.Span(className="line", style={"left": f"calc({line_at:.1f}% - 1px)"}),
        ],
        className="margin-bar",
        **HIDDEN,
    )
