"""The messages of what the machine refuses, and what is checked in a home before writing."""

from warehouse.access import require_space as require_space
from warehouse.access import require_writable as require_writable
from warehouse.machine import disk_full as disk_full
from warehouse.machine import is_exhausted as is_exhausted
from warehouse.machine import known as known
from warehouse.machine import refused as refused
