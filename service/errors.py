"""What questions and decisions raise, for pages and routes."""

from warehouse.errors import BadInput as BadInput
from warehouse.errors import CasebookFailed as CasebookFailed
from warehouse.errors import NoRelease as NoRelease
from warehouse.errors import NoUsableRelease as NoUsableRelease
from warehouse.errors import ReleaseUnreadable as ReleaseUnreadable
from warehouse.errors import WarehouseError as WarehouseError
