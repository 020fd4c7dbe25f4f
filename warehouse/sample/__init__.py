"""A made-up zone: files as they arrive in life, and the truth beside them."""

from warehouse.sample.zone import SampleReport, write_sample

__all__ = ["SampleReport", "write_sample"]
