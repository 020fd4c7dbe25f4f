"""The filters of the list of movers: from an address or a command line to a condition with bound values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlencode

EVERYBODY = "all"
"""The value of ``owner`` for the firms of all owners, where a page opens with one's own."""
NONE = "none"
"""The value of a filter for firms that have nothing there: no title, incubator, park, owner; ``any`` of titles held."""
Rows = Literal["firms", "titles"]
"""One row a firm, or one a firm and title."""
_OF_BOTH = {
    "change": "list_contains(string_split({0}, ','), change)",
    "incubator": "coalesce(incubator, 'none') = {0}",
    "park": "coalesce(division_code, 'none') = {0}",
    "sector": "coalesce(industry_code[:2], 'none') = {0}",
    "owner": (
        "case {0} when 'all' then true when 'none' then officer is null and acting is null"
        " else {0} in (officer, acting) end"
    ),
    "q": "contains(search, lower(trim({0})))",
}
_DUE = "{column} <= (select day from desk_parameter) + try_cast({{0}} as integer)"
_CONDITIONS: Mapping[Rows, Mapping[str, str]] = {
    "firms": {
        **_OF_BOTH,
        "held": "case when len(titles) = 0 then {0} = 'none' else {0} = 'any' or list_contains(titles, {0}) end",
        "met": "coalesce(met, 'none') = {0}",
        "judged": (
            "firm_id in (select firm_id from desk_movers__titles where outcome = 'judgement' and designation = {0})"
        ),
        "due_within": _DUE.format(column="due_on"),
    },
    "titles": {
        **_OF_BOTH,
        "held": "case when len(titles) = 0 then {0} = 'none' else is_held and {0} in ('any', title) end",
        "met": "case when met is null then {0} = 'none' else outcome = 'met' and title = {0} end",
        "judged": "coalesce(outcome = 'judgement' and title = {0}, false)",
        "due_within": _DUE.format(column="valid_to"),
    },
}
"""A condition for each filter but signal and designation, which belong together."""


@dataclass(frozen=True)
class Filters:
    """The filters of the movers; an empty field does not filter.

    Several kinds of change or signals are joined by commas. ``held`` is a title that the firm holds, ``designation``
    one that it holds or that a signal or its next step is about; ``owner`` owns the firm or acts for it. ``met`` is the
    highest rung met, ``judged`` a title that people decide on, ``park`` a division code, ``sector`` the first two
    digits of an industry code, ``due_within`` a number of days after the release's own until its first title ends.
    """

    change: str = ""
    signal: str = ""
    held: str = ""
    designation: str = ""
    incubator: str = ""
    owner: str = ""
    q: str = ""
    met: str = ""
    judged: str = ""
    park: str = ""
    sector: str = ""
    due_within: str = ""

    @classmethod
    def of(cls, address: Mapping[str, Any]) -> "Filters":
        """The filters among the parameters of an address; other parameters are ignored, values cut at 100 signs."""
        names = cls.__dataclass_fields__
        return cls(**{name: str(address[name])[:100] for name in names if address.get(name)})

    def with_(self, **changes: str) -> "Filters":
        """These filters with some replaced."""
        return replace(self, **changes)

    def address(self, lang: str) -> str:
        """The address that shows these filters."""
        parameters = {name: value for name, value in vars(self).items() if value}
        if lang != "zh":
            parameters["lang"] = lang
        return f"?{urlencode(parameters)}" if parameters else "?"

    def where(self, rows: Rows = "firms") -> tuple[str, list[Any]]:
        """The condition on the rows and its bound values."""
        parts: list[str] = []
        values: list[Any] = []
        for field, condition in _CONDITIONS[rows].items():
            if value := getattr(self, field).strip():
                values.append(value)
                parts.append(f"({condition.format(f'${len(values)}')})")
        if self.signal or self.designation:
            values += [self.signal, self.designation]
            parts.append(_ABOUT[rows].format(signal=f"${len(values) - 1}", designation=f"${len(values)}"))
        return " and ".join(parts) or "true", values


_ABOUT: Mapping[Rows, str] = {
    "firms": (
        "(firm_id in (select firm_id from desk_movers__signals"
        " where ({signal} = '' or list_contains(string_split({signal}, ','), signal))"
        " and ({designation} = '' or designation = {designation}))"
        " or ({signal} = '' and (list_contains(titles, {designation}) or next_designation = {designation})))"
    ),
    "titles": (
        "(({designation} = '' or title = {designation}) and ({signal} = '' or (firm_id, title) in"
        " (select (firm_id, designation) from desk_movers__signals"
        " where list_contains(string_split({signal}, ','), signal))))"
    ),
}
"""Firms with one of the signals about the designation, or without a signal with anything about it; titles likewise."""
