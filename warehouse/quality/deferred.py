"""Defers imports that a library makes at its head and that our use of it never needs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class _Deferred(ModuleType):
    """Placeholder of a module of the same name; imports it on the first access to an attribute.

    ``importlib.util.LazyLoader`` does not serve: it loads on any attribute, and ``inspect`` reads some of every module.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


@contextmanager
def deferred(*names: str) -> Iterator[None]:
    """Within it ``import`` of these modules binds placeholders; later imports get the modules themselves."""
    placeholders = {name: _Deferred(name) for name in names if name not in sys.modules}
    sys.modules.update(placeholders)
    try:
        yield
    finally:
        for name in placeholders:
            del sys.modules[name]
