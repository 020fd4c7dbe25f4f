"""Modules that a library imports at its head and that what we ask of it never uses: imported when first used."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class _Deferred(ModuleType):
    """Stands for a module of the same name until an attribute of it is asked for.

    ``importlib.util.LazyLoader`` would not do: it loads on any look at the module, as ``inspect`` takes at all of them.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


@contextmanager
def deferred(*names: str) -> Iterator[None]:
    """Within it ``import`` of these modules binds stand-ins; whoever imports them later gets the modules themselves."""
    stand_ins = {name: _Deferred(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]
