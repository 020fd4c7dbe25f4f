"""An edition as it stands on one day, to be asked of the facts of another: "the rules of today" for a day gone by."""

from datetime import date
from typing import Any

from tiers.schema.condition import Group, Leaf
from tiers.schema.edition import Edition


def restated(edition: Edition, rules_day: date, day: date) -> Edition:
    """The edition for facts of ``day``, by the wording of ``rules_day``.

    Wordings that stand on ``rules_day`` are asked without their dates, others never. Printed data years keep their
    distance from the day that is asked about. Printed days, such as a latest day of founding, stay as they are.
    """
    years = tuple(year - (rules_day.year - day.year) for year in edition.head.data_years)
    return edition.model_copy(
        update={
            "head": edition.head.model_copy(update={"data_years": years}),
            "conditions": _group(edition.conditions, rules_day),
        }
    )


def _group(group: Group, rules_day: date) -> Group:
    return group.model_copy(update={"parts": tuple(_part(part, rules_day) for part in group.parts)})


def _part(part: Any, rules_day: date) -> Any:
    return _group(part, rules_day) if isinstance(part, Group) else _leaf(part, rules_day)


def _leaf(leaf: Leaf, rules_day: date) -> Leaf:
    since = None if leaf.binds(rules_day) else date.max
    return leaf.model_copy(update={"since": since, "until": None})
