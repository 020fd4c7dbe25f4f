"""The filters of the list of movers: from an address or a command line to a condition with bound values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

NONE_HELD = "none"
"""The value of the filter ``held`` for firms that hold nothing; ``any`` is for those that hold something."""


@dataclass(frozen=True)
class Filters:
    """The filters of the movers; an empty field does not filter.

    Several kinds of change or signals are joined by commas. ``held`` is a title that the firm holds, ``designation``
    one that it holds or that a signal or its next step is about; ``owner`` owns the firm or acts for it.
    """

    change: str = ""
    signal: str = ""
    held: str = ""
    designation: str = ""
    incubator: str = ""
    owner: str = ""
    q: str = ""

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

    def where(self) -> tuple[str, list[Any]]:
        """The condition on the movers and its bound values."""
        written = {
            "list_contains(string_split({}, ','), change)": self.change,
            "case when len(titles) = 0 then {0} = 'none' else {0} = 'any' or list_contains(titles, {0}) end": self.held,
            "incubator = {}": self.incubator,
            "{0} in (officer, acting)": self.owner,
            "contains(search, {})": self.q.strip().lower(),
        }
        parts: list[str] = []
        values: list[Any] = []
        for condition, value in written.items():
            if value:
                values.append(value)
                parts.append(condition.format(f"${len(values)}"))
        if self.signal or self.designation:
            values += [self.signal, self.designation]
            parts.append(_about(f"${len(values) - 1}", f"${len(values)}"))
        return " and ".join(parts) or "true", values


def _about(signal: str, designation: str) -> str:
    """Firms with one of the signals about the designation; without a signal, firms with anything about it."""
    about = f"({designation} = '' or designation = {designation})"
    given = (
        "firm_id in (select firm_id from desk_movers__signals"  # noqa: S608 - places of bound values
        f" where ({signal} = '' or list_contains(string_split({signal}, ','), signal)) and {about})"
    )
    otherwise = f"list_contains(titles, {designation}) or next_designation = {designation}"
    return f"({given} or ({signal} = '' and ({otherwise})))"
