"""The unit guard: whether the money of a whole report is in another unit than it says, decided report by report."""
