"""A subclass of a Pydantic 1 model may change its fields and leaves those of its base as they are."""

from typing import Any, ClassVar

import pytest
from pydantic.v1 import BaseModel, ValidationError, validator

from warehouse.quality.field_copies import shallow_field_copies


class Base(BaseModel):
    names: list[str] = []
    amount: int = 1


def _positive(value: int) -> int:
    assert value > 0
    return value


def test_a_subclass_leaves_the_fields_of_its_base() -> None:
    with shallow_field_copies():

        class Stricter(Base):
            class Config:
                fields: ClassVar = {"amount": {"alias": "sum"}}

            _is_positive = validator("amount", allow_reuse=True)(_positive)

    given: dict[str, Any] = {"names": [1], "sum": "7"}
    assert Stricter.parse_obj(given).dict() == {"names": ["1"], "amount": 7}
    with pytest.raises(ValidationError):
        Stricter.parse_obj({"sum": -1})
    assert Base(amount=-1).amount == -1
    assert Base.__fields__["amount"].alias == "amount"
    Stricter().names.append("own")
    assert Stricter().names == Base().names == []
