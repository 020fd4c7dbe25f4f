"""Defers imports that a library makes at its head and that our use of it never needs."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class _Deferred(ModuleType):
    """Placeholder of a module of the same name; imports it on the first access to an attribute.

    A function that is imported from it by name imports it when called.
    ``importlib.util.LazyLoader`` does not serve: it loads on any attribute, and ``inspect`` reads some of every module.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            return _function(self.__name__, name)
        return getattr(import_module(self.__name__), name)


def _function(module: str, name: str) -> Callable[..., Any]:
    """What calls the function of this name in the module, which it imports at the call."""
    return lambda *args, **options: getattr(import_module(module), name)(*args, **options)


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
