"""Imported by the process from which local workers are forked, and by nothing else."""

import atexit
import os

import flows.zones.worker_process as worker_process

__all__ = ["worker_process"]

atexit.register(os._exit, 0)  # as ``flows.__main__`` ends: its libraries would report what they leave to the system
