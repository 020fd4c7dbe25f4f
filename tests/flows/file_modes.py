"""File modes that count for root too: what root may do in spite of them is given up within, by this thread alone."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_VERSION_3 = 0x20080522
_OVERRIDES = 1 << 1 | 1 << 2
"""``CAP_DAC_OVERRIDE`` and ``CAP_DAC_READ_SEARCH``, see capabilities(7)."""


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def _set_overrides(*, are_on: bool) -> None:
    libc, header, sets = ctypes.CDLL(None, use_errno=True), _Header(_VERSION_3, 0), (_Sets * 2)()
    if libc.capget(ctypes.byref(header), sets) != 0:
        raise OSError(ctypes.get_errno(), "capget")
    effective = sets[0].effective & ~_OVERRIDES
    sets[0].effective = effective | (sets[0].permitted & _OVERRIDES if are_on else 0)
    if libc.capset(ctypes.byref(header), sets) != 0:
        raise OSError(ctypes.get_errno(), "capset")


@contextmanager
def mode(path: Path, bits: int) -> Iterator[None]:
    """A file or folder has these mode bits within, and they count."""
    before = path.stat().st_mode
    path.chmod(bits)
    is_root = os.geteuid() == 0
    if is_root:
        _set_overrides(are_on=False)
    try:
        yield
    finally:
        if is_root:
            _set_overrides(are_on=True)
        path.chmod(before)
