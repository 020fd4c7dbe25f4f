"""The bases of definitions that are read from YAML: strict models, and a text in both languages."""

from pydantic import BaseModel, ConfigDict, PrivateAttr


class Strict(BaseModel):
    """A part of a definition: unknown keys are refused and nothing changes it later; it remembers its line."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=True)
    _line: int = PrivateAttr(1)

    @property
    def line(self) -> int:
        """The line of its file on which this part starts."""
        return self._line


class Words(Strict):
    """A name, a sentence or a reason in both languages."""

    zh: str
    en: str
