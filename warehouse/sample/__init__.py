"""The sample zone: synthetic files as they are delivered in practice, and the truth beside them."""

from warehouse.sample.zone import SampleReport, write_sample

__all__ = ["SampleReport", "write_sample"]
