"""The unit guard: detects reports whose money is in another unit than the one they state."""
