"""Runs of many zones: one function a zone, and the engines that carry it to the workers."""
