"""Copies the fields of a Pydantic 1 model for its subclasses one level deep, as far as Pydantic changes them there."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from importlib import import_module
from typing import Any

from pydantic.v1.fields import ModelField


@contextmanager
def shallow_field_copies() -> Iterator[None]:
    """Within it models are defined with such copies: deep ones are a third of a large import."""
    main: Any = import_module("pydantic.v1.main")
    deep = main.smart_deepcopy

    def copied(value: Any) -> Any:
        if isinstance(value, dict) and value and all(isinstance(field, ModelField) for field in value.values()):
            return {name: _copy(field) for name, field in value.items()}
        return deep(value)

    main.smart_deepcopy = copied
    try:
        yield
    finally:
        main.smart_deepcopy = deep


def _copy(field: ModelField) -> ModelField:
    """The configuration of the subclass is written into ``field_info``, its validators into ``class_validators``."""
    own = copy(field)
    own.field_info, own.class_validators = copy(field.field_info), {**field.class_validators}
    return own
