"""Filters of a list as parameters of an address."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

LONGEST = 100
"""Signs of a value; the rest is cut off."""


@dataclass(frozen=True)
class AddressFilters:
    """The base of filters whose fields are texts, empty where they filter nothing."""

    @classmethod
    def of(cls, address: Mapping[str, str]) -> Self:
        """Those among the parameters of an address."""
        return cls(**{field.name: (address.get(field.name) or "")[:LONGEST] for field in fields(cls)})

    def parameters(self) -> dict[str, str]:
        """The parameters of an address that asks for these."""
        return {name: value for name, value in vars(self).items() if value}
