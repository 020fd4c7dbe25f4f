"""The message of a full disk, and what is checked in a home before writing."""

from warehouse.access import FULL as FULL
from warehouse.access import disk_full as disk_full
from warehouse.access import is_disk_full as is_disk_full
from warehouse.access import is_exhausted as is_exhausted
from warehouse.access import require_space as require_space
from warehouse.access import require_writable as require_writable
