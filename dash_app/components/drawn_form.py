"""What a form was drawn with, as the browser sends it back."""

from pydantic import BaseModel, Field


class DrawnForm(BaseModel):
    """The number of a form, by which what is sent twice is kept once."""

    request: str = Field(min_length=8, max_length=64)


class VersionedForm(DrawnForm):
    """The versions of what the form showed, by its number: a change that others saved meanwhile is a conflict."""

    versions: dict[str, int] = Field(max_length=10_000)
