"""Imported by the process from which local workers are forked, and by nothing else."""

import atexit
import os

atexit.register(os._exit, 0)  # as ``flows.__main__`` ends: its libraries would report what they leave to the system
