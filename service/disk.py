"""The messages of what the machine refuses, and what is checked in a home before writing."""

from warehouse.machine.refusals import disk_full as disk_full
from warehouse.machine.refusals import is_exhausted as is_exhausted
from warehouse.machine.refusals import known as known
from warehouse.machine.refusals import refused as refused
from warehouse.release.access import require_space as require_space
from warehouse.release.access import require_writable as require_writable
